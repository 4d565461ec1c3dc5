"""The leaderboard of a category, counted again only after something of it has changed."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Sum

from awards import rounds
from awards.models import JUDGED, Category, Review
from awards.scoring import Row, agreement, leaderboard
from common.versions import fingerprint


@dataclass(frozen=True)
class Board:
    """The rows, the best first, and how much the judges agree (None: it cannot be told)."""

    rows: list[Row]
    agreement: float | None


def of(category: Category) -> Board:
    """The board as it is now. Reading and counting a thousand scores takes 20 ms, asking whether they changed one."""
    done = Review.objects.filter(entry__category=category, entry__state__in=JUDGED, done_at__isnull=False)
    state = done.aggregate(count=Count("pk"), last=Max("done_at"), steps=Sum("entry__version"), pks=Sum("pk"))
    given = (category.pk, category.round, fingerprint(category.criteria), *state.values())
    return _counted(given)


@lru_cache(maxsize=64)
def _counted(given: tuple[Any, ...]) -> Board:
    scores = rounds.scores(Category.objects.get(pk=given[0]))
    return Board(leaderboard(scores), agreement(scores))
