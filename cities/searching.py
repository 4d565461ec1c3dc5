"""How the search finds cities, cases, tools, solutions and verified organisations: as everybody reads them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cities.models import Case, City, Organisation, Solution, Tool
from cities.tags import THEMES, split
from common import clock
from common.contract import Document, Searched


def _themes(thing: Any) -> list[str]:
    return split(thing.tags.all())[0]


def _speaks(organisation: Organisation | None) -> str:
    """Its name, once it is public: before it is only claimed by who proposed it."""
    return organisation.name if organisation and organisation.is_public else ""


def cities(ids: Collection[int]) -> Iterator[Document]:
    """Cities by their profile, without their private needs."""
    for city in City.objects.filter(pk__in=ids).prefetch_related("tags"):
        yield Document(
            pk=city.pk,
            title=city.name,
            url=city.get_absolute_url(),
            place=city.country,
            text=" ".join((city.text, city.offers, city.looks_for)),
            themes=_themes(city),
        )


def cases(ids: Collection[int]) -> Iterator[Document]:
    """Cases as they were published; a draft is not in it."""
    public = Case.objects.public().filter(pk__in=ids).with_place().prefetch_related("tags", "results")
    for case in public:
        country = case.city.country if case.city else ""
        yield Document(
            pk=case.pk,
            title=case.title,
            url=case.get_absolute_url(),
            place=", ".join(filter(None, (case.city.name if case.city else "", country))),
            text=" ".join((case.problem, case.done, case.how, case.failures)),
            keys=" ".join([_speaks(case.organisation), *(result.indicator for result in case.results.all())]),
            themes=_themes(case),
            language=case.language,
            day=case.published_at.date() if case.published_at else None,
        )


def offers(model: Any, ids: Collection[int]) -> Iterator[Document]:
    """Public tools or solutions."""
    public = model.objects.filter(pk__in=ids, is_public=True).select_related("organisation").prefetch_related("tags")
    for offer in public:
        yield Document(
            pk=offer.pk,
            title=offer.name,
            url=offer.get_absolute_url(),
            place=_speaks(offer.organisation),
            text=offer.text,
            themes=_themes(offer),
        )


def organisations(ids: Collection[int]) -> Iterator[Document]:
    """Organisations that somebody has vouched for: one that is only claimed, or known to nobody, is not in it."""
    for organisation in Organisation.objects.filter(pk__in=ids, is_public=True).exclude(level=""):
        yield Document(
            pk=organisation.pk,
            title=organisation.name,
            url=organisation.get_absolute_url(),
            place=organisation.country,
            keys=organisation.website.partition("://")[2],
        )


def lapsed(user: Any) -> Collection[int]:
    """Organisations whose verification is over: that comes with the time, and writes no row."""
    over = Organisation.objects.filter(is_public=True, level_until__lte=clock.now()).exclude(level="")
    return list(over.order_by().values_list("pk", flat=True))


def themes() -> Mapping[str, Any]:
    """Code -> words."""
    return THEMES


OFFER = ("name", "text", "organisation", "organisation_id", "is_public")
CASE = ("title", "problem", "done", "how", "failures", "city", "city_id", "organisation", "organisation_id")
SEARCHED = {
    "case": Searched(
        label=_("Cases"),
        one=_("Case"),
        icon="book-open",
        model=Case,
        columns=(*CASE, "language", "published_at", "is_public"),
        documents=cases,
        themes=themes,
        parts={City: "city", Organisation: "organisation"},
    ),
    "city": Searched(
        label=_("Cities"),
        one=_("City"),
        icon="building-2",
        model=City,
        columns=("name", "country", "text", "offers", "looks_for"),
        documents=cities,
    ),
    "tool": Searched(
        label=_("Tools"),
        one=_("Tool"),
        icon="wrench",
        model=Tool,
        columns=OFFER,
        documents=lambda ids: offers(Tool, ids),
        parts={Organisation: "organisation"},
    ),
    "solution": Searched(
        label=_("Solutions"),
        one=_("Solution"),
        icon="package",
        model=Solution,
        columns=OFFER,
        documents=lambda ids: offers(Solution, ids),
        parts={Organisation: "organisation"},
        note=_("in the provider’s words"),
    ),
    "organisation": Searched(
        label=_("Organisations"),
        one=_("Organisation"),
        icon="landmark",
        model=Organisation,
        columns=("name", "country", "website", "is_public", "level"),
        documents=organisations,
        hidden=lapsed,
        note=_("verified"),
    ),
}
