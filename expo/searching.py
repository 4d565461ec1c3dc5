"""How the search finds exhibitors: as they were approved."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from common.contract import Document, Searched
from expo.models import Exhibitor, Stand
from sessions.models import HostCity, Theme


def exhibitors(ids: Collection[int]) -> Iterator[Document]:
    """The public ones by what everybody reads; a draft is not in it."""
    public = Exhibitor.objects.public().filter(pk__in=ids).select_related("stand__host_city")
    for exhibitor in public.prefetch_related("themes"):
        stand = exhibitor.stand
        at = f"{stand.hall} {stand.number}, {stand.host_city.name}" if stand else ""
        yield Document(
            pk=exhibitor.pk,
            title=exhibitor.name,
            url=exhibitor.get_absolute_url(),
            place=" · ".join(filter(None, (exhibitor.city, exhibitor.country, at))),
            text=" ".join((exhibitor.claim, exhibitor.products, exhibitor.text)),
            themes=[theme.slug for theme in exhibitor.themes.all()],
            scope=f"edition:{exhibitor.edition_id}",
        )


SEARCHED = {
    "exhibitor": Searched(
        label=_("Exhibitors"),
        one=_("Exhibitor"),
        icon="store",
        model=Exhibitor,
        columns=("name", "claim", "text", "products", "country", "city", "stand", "stand_id", "is_public"),
        documents=exhibitors,
        parts={Stand: "stand", HostCity: "stand__host_city", Theme: "themes"},
    ),
}
