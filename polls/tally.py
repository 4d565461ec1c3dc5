"""Counting a round's ballots: always by SQL over the ballots as they are, never by counters."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from polls.models import Mark, Poll, Round, Type

MAX_CLOUD = 60  # words of a cloud
MAX_TEXTS = 100  # open texts shown
BINS = 12  # columns of a histogram at most

Tally = dict[str, Any]


def tally(poll: Poll, the_round: Round | None, compared: bool = True) -> Tally:
    """What the round's ballots say, as plain data: "ballots", "abstained", "answered" and the type's own.

    "rows": one dict for each option (id, text, picture, right, count, share in percent of those who answered, and what
    the type adds); "words", "texts", "columns" otherwise. With `compared`, rows have "before": the share in the round
    before. Of a sealed poll it says only how many ballots there are.
    """
    if the_round is not None and poll.sealed:
        ballots = the_round.ballots.count()
        return {"round": the_round.number, "ballots": ballots, "abstained": 0, "answered": 0, **_EMPTY}
    if the_round is None:
        return {"round": 0, "ballots": 0, "abstained": 0, "answered": 0, **_EMPTY}
    total = the_round.ballots.aggregate(all=Count("pk"), none=Count("pk", filter=Q(abstained=True)))
    result: Tally = {
        "round": the_round.number,
        "ballots": total["all"],
        "abstained": total["none"],
        "answered": total["all"] - total["none"],
    }
    marks = Mark.objects.filter(ballot__round=the_round)
    result |= _EMPTY | COUNTERS[poll.type](poll, marks, result["answered"])
    if compared and the_round.number > 1 and result["rows"]:
        earlier = poll.rounds.filter(number__lt=the_round.number).last()
        before = {row["id"]: row["share"] for row in tally(poll, earlier, compared=False)["rows"]}
        for row in result["rows"]:
            row["before"] = before[row["id"]]
            row["shift"] = row["share"] - row["before"]
    return result


_EMPTY: Tally = {"rows": [], "words": [], "texts": [], "columns": []}


def _rows(poll: Poll, counted: dict[int, int], answered: int) -> list[dict[str, Any]]:
    return [
        {
            "id": option.pk,
            "text": option.text,
            "picture": option.picture_id or "",
            "right": option.right,
            "count": counted.get(option.pk, 0),
            "share": round(100 * counted.get(option.pk, 0) / answered) if answered else 0,
        }
        for option in poll.options.all()
    ]


def _choices(poll: Poll, marks: "QuerySet[Mark]", answered: int) -> Tally:
    counted = dict(marks.values_list("option").annotate(total=Count("pk")))
    return {"rows": _rows(poll, counted, answered)}


def _rating(poll: Poll, marks: "QuerySet[Mark]", answered: int) -> Tally:
    by_option: defaultdict[int | None, dict[int, int]] = defaultdict(dict)
    for option, number, total in marks.values_list("option", "number").annotate(total=Count("pk")):
        by_option[option][number] = total
    if not poll.options.all():
        counted = by_option[None]
        return {"mean": _mean(counted), "columns": _scale(poll, counted)}
    rows = _rows(poll, {option: sum(counted.values()) for option, counted in by_option.items() if option}, answered)
    for row in rows:
        row["mean"] = _mean(by_option[row["id"]])
        row["share"] = round(100 * (row["mean"] or 0) / poll.highest)
    return {"rows": rows}


def _scale(poll: Poll, counted: dict[int, int]) -> list[dict[str, Any]]:
    return [{"label": str(n), "count": counted.get(n, 0)} for n in range(1, poll.highest + 1)]


def _mean(counted: dict[int, int]) -> float | None:
    total = sum(counted.values())
    return round(sum(number * times for number, times in counted.items()) / total, 2) if total else None


def _ranking(poll: Poll, marks: "QuerySet[Mark]", answered: int) -> Tally:
    """Borda: of n options the first of a ballot gets n - 1 points, the last none."""
    count = len(poll.options.all())
    scores = dict(marks.values_list("option").annotate(score=Sum(count - F("number"))))
    rows = _rows(poll, dict(marks.filter(number=1).values_list("option").annotate(total=Count("pk"))), answered)
    most = answered * (count - 1)
    for row in rows:
        row["score"] = scores.get(row["id"], 0)
        row["share"] = round(100 * row["score"] / most) if most else 0
    return {"rows": sorted(rows, key=lambda row: (-row["score"], row["id"]))}


def _words(poll: Poll, marks: "QuerySet[Mark]", answered: int) -> Tally:
    approved = marks.filter(approval=Mark.Approval.SHOWN)
    counted = approved.values_list("folded").annotate(total=Count("pk"), text=Min("text")).order_by("-total", "folded")
    return {"words": [{"text": text, "count": total} for _folded, total, text in counted[:MAX_CLOUD]]}


def _texts(poll: Poll, marks: "QuerySet[Mark]", answered: int) -> Tally:
    by_approval = dict(marks.values_list("approval").annotate(total=Count("pk")))
    approved = marks.filter(approval=Mark.Approval.SHOWN).order_by("pk").values_list("pk", "text")[:MAX_TEXTS]
    return {
        "texts": [{"id": str(pk), "text": text} for pk, text in approved],
        "pending": by_approval.get(Mark.Approval.PENDING, 0),
    }


def _numbers(poll: Poll, marks: "QuerySet[Mark]", answered: int) -> Tally:
    counted = dict(marks.values_list("number").annotate(total=Count("pk")))
    result: Tally = {"mean": _mean(counted), "median": _median(counted), "columns": _bins(poll, counted)}
    if poll.target is not None and counted:
        nearest = min(abs(number - poll.target) for number in counted)
        result |= {
            "nearest": nearest,
            "winners": sum(n for at, n in counted.items() if abs(at - poll.target) == nearest),
        }
    return result


def _median(counted: dict[int, int]) -> float | None:
    total = sum(counted.values())
    if not total:
        return None
    middle, passed = [], 0
    for number in sorted(counted):
        before, passed = passed, passed + counted[number]
        middle += [number for at in ((total - 1) // 2, total // 2) if before <= at < passed]
    return sum(middle) / 2


def _bins(poll: Poll, counted: dict[int, int]) -> list[dict[str, Any]]:
    span = poll.highest - poll.lowest + 1
    count = min(BINS, span)
    edges = [poll.lowest + span * at // count for at in range(count + 1)]
    return [
        {
            "label": str(low) if high - low == 1 else f"{low}–{high - 1}",
            "low": low,
            "high": high - 1,
            "count": sum(times for number, times in counted.items() if low <= number < high),
            "right": poll.target is not None and low <= poll.target < high,
        }
        for low, high in zip(edges, edges[1:], strict=False)
    ]


COUNTERS: dict[str, Callable[[Poll, "QuerySet[Mark]", int], Tally]] = {
    Type.SINGLE: _choices,
    Type.MULTIPLE: _choices,
    Type.RATING: _rating,
    Type.RANKING: _ranking,
    Type.WORDS: _words,
    Type.TEXT: _texts,
    Type.NUMBER: _numbers,
    Type.QUIZ: _choices,
}
