"""All people of an edition, in the order of their names: the list as it is opened, before anybody narrows it."""

from typing import Any

from django.db.models import Count, QuerySet, Value

from common.pages import SIZE
from common.prepared import Prepared
from registration import decisions
from registration.scopes import Scopes
from sessions.models import Edition

Row = dict[str, Any]
SHOWN = ("pk", "name", "email", "organisation", "job_title", "city", "country", "is_guest", "visibility")


def in_order(people: "QuerySet[Any]") -> "QuerySet[Any, Row]":
    """These people as rows of the list."""
    return people.order_by("name", "pk").values(*SHOWN)


class Everybody:
    """What pages want of a list: its length, and parts of it. The first part is asked by a query that is built once."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes

    def count(self) -> int:
        """How many people the edition has."""
        return _COUNT.ask(self.scopes.edition.pk, self.scopes.whole)[0]

    def __getitem__(self, part: slice) -> Any:
        if part == slice(0, SIZE):
            return _FIRST.ask(self.scopes.edition.pk, self.scopes.whole)
        return in_order(decisions.people_of(self.scopes))[part]


def _people(edition: int, whole: str) -> "QuerySet[Any]":
    return decisions.people_of(Scopes(Edition(pk=edition), whole))


_FIRST: Prepared[Row] = Prepared(lambda edition, whole: in_order(_people(edition, whole))[:SIZE])
_COUNT: Prepared[int] = Prepared(
    lambda edition, whole: (
        _people(edition, whole)
        .annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values_list("count", flat=True)
    )
)  # fmt: skip
