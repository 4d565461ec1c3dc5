"""Lists of delegations: for the public, the organisers, and the protocol, which needs everybody in their order."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from collaboration.delegating import COUNTED
from collaboration.models import Delegate, Delegation, Need
from common import search, tables
from sessions.models import Edition

S = Delegate.State
COLUMNS = ("nation", "delegation", "head", "name", "office", "organisation", "city", "email", "state")


def with_needs(edition: Edition, words: str) -> QuerySet[Delegation]:
    """The delegations of an edition with what they look for in public, as `open_needs`."""
    needs = Prefetch("needs", Need.objects.filter(published_at__isnull=False), to_attr="open_needs")
    found = Delegation.objects.filter(edition=edition).select_related("organisation", "within__organisation")
    for word in search.words(words):
        public = Need.objects.filter(delegation=OuterRef("pk"), published_at__isnull=False)
        found = found.filter(
            search.holds(word, "organisation__name") | Exists(public.filter(search.holds(word, "text")))
        )
    return found.prefetch_related(needs)


def overview(
    edition: Edition, words: str, *, waiting: bool = False, within: Delegation | None = None
) -> QuerySet[Delegation]:
    """The delegations with numbers of delegates by state; `waiting`: only those in which somebody waits."""
    found = Delegation.objects.filter(edition=edition).select_related("organisation", "within__organisation")
    numbers = {state.value: Count("delegates", Q(delegates__state=state)) for state in COUNTED}
    found = found.annotate(**numbers).order_by("organisation__name", "pk")
    if within:
        found = found.filter(within=within)
    for word in search.words(words):
        found = found.filter(search.holds(word, "organisation__name", "within__organisation__name"))
    return found.filter(Q(nominated__gt=0) | Q(approved__gt=0)) if waiting else found


def totals(edition: Edition) -> dict[str, int]:
    """How many delegations there are, and how many people in each state."""
    people = Delegate.objects.filter(delegation__edition=edition)
    counted = people.aggregate(**{state.value: Count("pk", Q(state=state)) for state in COUNTED})
    delegations = Delegation.objects.filter(edition=edition)
    nations = Count("pk", Q(cities__isnull=False), distinct=True)
    return counted | delegations.aggregate(delegations=Count("pk", distinct=True), nations=nations)


def nations(edition: Edition) -> list[dict[str, Any]]:
    """The delegations that are within no other, each with those within it and everybody who takes a place."""
    listed = Prefetch("delegates", Delegate.objects.filter(state__in=COUNTED), to_attr="listed")
    found = Delegation.objects.filter(edition=edition).select_related("organisation").prefetch_related(listed)
    cities: dict[int | None, list[Delegation]] = {}
    for delegation in found.order_by("organisation__name", "pk"):
        cities.setdefault(delegation.within_id, []).append(delegation)
    return [{"nation": nation, "cities": cities.get(nation.pk, [])} for nation in cities.get(None, [])]


def as_csv(edition: Edition) -> str:
    """Everybody who takes a place, a row each, in the order of the printed list."""
    return tables.as_csv(COLUMNS, _rows(edition))


def _rows(edition: Edition) -> Any:
    for group in nations(edition):
        nation = group["nation"]
        for delegation in (nation, *group["cities"]):
            for delegate in delegation.listed:
                yield {
                    "nation": nation.organisation.name if group["cities"] else "",
                    "delegation": delegation.organisation.name,
                    "head": "yes" if delegate.is_head else "",
                    "name": delegate.name,
                    "office": delegate.office,
                    "organisation": delegate.organisation,
                    "city": delegate.city,
                    "email": delegate.email,
                    "state": delegate.state,
                }
