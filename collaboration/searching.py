"""How the search finds commitments: by the text that all parties have signed, and no other."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from cities.models import Organisation
from collaboration.models import Commitment, Version
from common.contract import Document, Searched


def commitments(ids: Collection[int]) -> Iterator[Document]:
    """Of these texts those that are in force; what is drafted or waits for a signature is not in it."""
    public = Commitment.objects.public().filter(in_force__in=ids).select_related("in_force", "edition")
    for commitment in public.prefetch_related("organisations"):
        version = commitment.in_force
        if version is None or commitment.in_force_at is None:
            continue
        content = version.content
        promised = f"{content['measure']}: {content['baseline']} → {content['target']}"
        yield Document(
            pk=version.pk,
            title=content["title"],
            url=commitment.get_absolute_url(),
            place=", ".join(organisation.name for organisation in commitment.organisations.all()),
            text=" · ".join([promised, *(milestone["what"] for milestone in content["milestones"])]),
            scope=commitment.edition.room_key,
            day=commitment.in_force_at.date(),
        )


SEARCHED = {
    "commitment": Searched(
        label=_("Commitments"),
        one=_("Commitment"),
        icon="handshake",
        model=Version,
        columns=("content",),
        documents=commitments,
        parts={Commitment: "commitment", Organisation: "commitment__organisations"},
    ),
}
