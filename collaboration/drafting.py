"""Writing a commitment: beginning one, its parts, its parties. Until its text is proposed it is its parties' alone."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cities.models import Organisation
from collaboration import speaking, state
from collaboration.models import Commitment, Party, State
from collaboration.signing import MOST_PARTIES
from people.models import Participant
from people.refusal import Refused
from sessions.models import Edition

MOST_DRAFTS = 20  # of an organisation in an edition


def begin(edition: Edition, organisation: Organisation, by: Participant) -> Commitment:
    """A new draft of an organisation. Raises Refused for who does not speak for it, and when it has too many."""
    if not speaking.may(by, organisation):
        raise Refused(_("You do not speak for this organisation."), 403)
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        drafts = Commitment.objects.of([organisation]).filter(edition=edition, state=State.DRAFT)
        if drafts.count() >= MOST_DRAFTS:
            raise Refused(_("You have %(most)d drafts already.") % {"most": MOST_DRAFTS})
        commitment = Commitment.objects.create(edition=edition, author=by)
        Party.objects.create(commitment=commitment, organisation=organisation)
        state.record(by, "begin", commitment, organisation=organisation.pk)
    return commitment


def save(commitment: Commitment, draft: dict[str, Any]) -> None:
    """Keep what was written, the row being locked."""
    commitment.draft = draft
    if not commitment.is_public and commitment.state == State.DRAFT:
        commitment.title = draft.get("title", "")
    commitment.version += 1
    commitment.save(update_fields=["draft", "title", "version"])


def set_parties(pk: uuid.UUID, organisations: Collection[Organisation], by: Participant) -> None:
    """Who promises. Raises Refused once a text is proposed, for too many, and for none that the person speaks for."""
    with transaction.atomic():
        commitment = state.MACHINE.current(pk)
        if commitment.state != State.DRAFT:
            raise Refused(_("Take the proposed text back before you change who promises."))
        if len(organisations) > MOST_PARTIES:
            raise Refused(_("A commitment has at most %(most)d parties.") % {"most": MOST_PARTIES}, 422)
        if not any(speaking.may(by, organisation) for organisation in organisations):
            raise Refused(_("Your own organisation has to stay a party."), 422)
        chosen = {organisation.pk for organisation in organisations}
        commitment.parties.exclude(organisation__in=chosen).delete()
        known = set(commitment.parties.values_list("organisation", flat=True))
        Party.objects.bulk_create([Party(commitment=commitment, organisation_id=new) for new in sorted(chosen - known)])
        state.record(by, "parties", commitment, organisations=sorted(chosen))
