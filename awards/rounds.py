"""How a category is judged: pass or fail, by weighted criteria, or in order. Marks of all rounds stand side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from awards.content import PASS, RANK, Criterion
from awards.models import JUDGED, Category, Review, Round
from awards.scoring import total
from common import clock


def criteria(category: Category, judges_entries: int) -> list[Criterion]:
    """What a judge marks in the category's round; `judges_entries` is how many of its entries they have."""
    if category.round == Round.QUALIFYING:
        return [Criterion(key=PASS, label=_("Fit for the next round"), weight=1, low=0, high=1)]
    if category.round == Round.RANKING:
        return [Criterion(key=RANK, label=_("Its place among yours"), weight=1, low=1, high=max(1, judges_entries))]
    rows: list[Criterion] = category.local["criteria"]
    return rows


def criteria_of(review: Review) -> list[Criterion]:
    """What its judge marks now."""
    category = review.entry.category
    return criteria(category, _mine(category, review.judge_id) if category.round == Round.RANKING else 0)


def _mine(category: Category, judge: int) -> int:
    return int(_reviews(category).filter(judge=judge).exclude(entry__in=out(category)).count())


def _reviews(category: Category) -> Any:
    return Review.objects.filter(entry__category=category, entry__state__in=JUDGED)


def scores(category: Category) -> list[tuple[Any, int, float]]:
    """(entry, judge, 0 to 100) of all reviews that count in the category's round."""
    failed = out(category)
    rows = [row for row in _reviews(category).values_list("entry", "judge", "marks", "done_at") if row[0] not in failed]
    loads = Counter(judge for _entry, judge, _marks, _done in rows)
    asked = {count: criteria(category, count) for count in set(loads.values())}
    return [(entry, judge, _score(category, asked[loads[judge]], marks)) for entry, judge, marks, done in rows if done]


def _score(category: Category, asked: list[Criterion], marks: dict[str, int]) -> float:
    if category.round != Round.RANKING:
        return total(asked, marks)
    last = max(asked[0]["high"], marks[RANK])  # a place that was given when the judge had more entries
    return 100 * (last - marks[RANK]) / (last - 1) if last > 1 else 100.0


def out(category: Category) -> set[Any]:
    """The entries that did not pass: more than half of who marked that said so. Nobody is out while it lasts."""
    if category.round == Round.QUALIFYING:
        return set()
    return failed(_reviews(category).filter(marks__has_key=PASS).values_list("entry", "marks"))


def failed(marked: Iterable[tuple[Any, dict[str, int]]]) -> set[Any]:
    """Of (entry, marks): the entries that more than half of their judges did not let pass."""
    passes: dict[Any, list[int]] = defaultdict(list)
    for entry, marks in marked:
        passes[entry].append(marks[PASS])
    return {entry for entry, given in passes.items() if 2 * sum(given) < len(given)}


def begin(category: Category) -> None:
    """After the round was changed: a review is done if it has all marks of this round."""
    loads = Counter(_reviews(category).values_list("judge", flat=True))
    for review in _reviews(category).exclude(marks={}):
        is_done = all(row["key"] in review.marks for row in criteria(category, loads[review.judge_id]))
        if is_done != (review.done_at is not None):
            review.done_at = clock.now() if is_done else None
            review.save(update_fields=["done_at"])
