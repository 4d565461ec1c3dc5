"""Counting a round's ballots: always by SQL over the ballots as they are, never by counters."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber

from polls.models import Ballot, Mark, Poll, Round, Type

MAX_CLOUD = 60  # words of a cloud
MAX_TEXTS = 100  # open texts shown
BINS = 12  # columns of a histogram at most

Tally = dict[str, Any]
Asked = tuple[Poll, Round | None]
_EMPTY: Tally = {"rows": [], "words": [], "texts": [], "columns": []}
ONE_BY_ONE = frozenset({Type.WORDS, Type.TEXT})  # what was written; of the others it is counted how often


def tally(poll: Poll, the_round: Round | None, compared: bool = True) -> Tally:
    """What the round's ballots say, as plain data: "ballots", "abstained", "answered" and the type's own.

    "rows": one dict for each option (id, text, picture, right, count, share in percent of those who answered, and what
    the type adds); "words", "texts", "columns" otherwise. With `compared`, rows have "before": the share in the round
    before. Of a sealed poll it says only how many ballots there are.
    """
    return tally_all([(poll, the_round)], compared)[0]


def tally_all(asked: Sequence[Asked], compared: bool = True) -> list[Tally]:
    """The tally of each of these rounds, in the same order. A handful of queries, however many."""
    before = [_before(poll, the_round) if compared else None for poll, the_round in asked]
    earlier = [(poll, the_round) for (poll, _), the_round in zip(asked, before, strict=True) if the_round]
    counts = _Counts([*asked, *earlier])
    results = []
    for (poll, the_round), the_one_before in zip(asked, before, strict=True):
        result = _tally(poll, the_round, counts)
        if the_one_before:
            _compare(result["rows"], _tally(poll, the_one_before, counts)["rows"])
        results.append(result)
    return results


def _before(poll: Poll, the_round: Round | None) -> Round | None:
    """The round before, of a poll whose options are compared."""
    if the_round is None or the_round.number < 2 or poll.sealed or poll.type in ONE_BY_ONE | {Type.NUMBER}:
        return None
    earlier = [each for each in poll.rounds.all() if each.number < the_round.number]
    return max(earlier, key=lambda each: each.number, default=None)


def _compare(rows: list[dict[str, Any]], earlier: list[dict[str, Any]]) -> None:
    shares = {row["id"]: row["share"] for row in earlier}
    for row in rows:
        row["before"] = shares[row["id"]]
        row["shift"] = row["share"] - row["before"]


def _tally(poll: Poll, the_round: Round | None, counts: "_Counts") -> Tally:
    if the_round is None:
        return {"round": 0, "ballots": 0, "abstained": 0, "answered": 0, **_EMPTY}
    ballots, abstained = counts.ballots.get(the_round.pk, (0, 0))
    if poll.sealed:
        return {"round": the_round.number, "ballots": ballots, "abstained": 0, "answered": 0, **_EMPTY}
    answered = ballots - abstained
    result: Tally = {"round": the_round.number, "ballots": ballots, "abstained": abstained, "answered": answered}
    return result | _EMPTY | COUNTERS[poll.type](poll, the_round.pk, counts, answered)


class _Counts:
    """What the database counts in several rounds, by the round's id; only of the types that are asked for."""

    def __init__(self, asked: Collection[Asked]) -> None:
        rounds = {the_round.pk: poll for poll, the_round in asked if the_round}
        self.ballots: dict[int, tuple[int, int]] = {}  # all, and those who abstained
        self.marks: defaultdict[int, list[tuple[int | None, int | None, int]]] = defaultdict(list)  # option, number
        self.words: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        self.texts: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
        self.pending: dict[int, int] = {}
        if not rounds:
            return
        abstained = Count("pk", filter=Q(abstained=True))
        ballots = Ballot.objects.filter(round__in=rounds).values_list("round")
        for pk, count, none in ballots.annotate(all=Count("pk"), none=abstained):
            self.ballots[pk] = count, none
        by_type: defaultdict[str, list[int]] = defaultdict(list)
        for pk, poll in rounds.items():
            if not poll.sealed:
                by_type[poll.type].append(pk)
        self._count_marks([pk for each, pks in by_type.items() if each not in ONE_BY_ONE for pk in pks])
        self._count_words(by_type[Type.WORDS])
        self._read_texts(by_type[Type.TEXT])

    def _count_marks(self, rounds: list[int]) -> None:
        marks = Mark.objects.filter(ballot__round__in=rounds).values_list("ballot__round", "option", "number")
        for pk, option, number, times in marks.annotate(times=Count("pk")) if rounds else ():
            self.marks[pk].append((option, number, times))

    def _count_words(self, rounds: list[int]) -> None:
        if not rounds:  # building the query costs more than most tallies
            return
        shown = Mark.objects.filter(ballot__round__in=rounds, approval=Mark.Approval.SHOWN)
        counted = shown.values_list("ballot__round", "folded").annotate(times=Count("pk"), said=Min("text"))
        place = Window(RowNumber(), partition_by="ballot__round", order_by=[F("times").desc(), F("folded").asc()])
        first = counted.annotate(place=place).filter(place__lte=MAX_CLOUD).order_by("ballot__round", "place")
        for pk, _folded, times, said, _place in first:
            self.words[pk].append({"text": said, "count": times})

    def _read_texts(self, rounds: list[int]) -> None:
        if not rounds:
            return
        marks = Mark.objects.filter(ballot__round__in=rounds)
        waiting = Count("pk", filter=Q(approval=Mark.Approval.PENDING))
        self.pending = dict(marks.values_list("ballot__round").annotate(waiting=waiting))
        place = Window(RowNumber(), partition_by="ballot__round", order_by="pk")
        shown = marks.filter(approval=Mark.Approval.SHOWN).annotate(place=place).filter(place__lte=MAX_TEXTS)
        for pk, mark, text in shown.order_by("ballot__round", "place").values_list("ballot__round", "pk", "text"):
            self.texts[pk].append({"id": str(mark), "text": text})


def _rows(poll: Poll, counted: Mapping[int, int], answered: int) -> list[dict[str, Any]]:
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


def _choices(poll: Poll, the_round: int, counts: _Counts, answered: int) -> Tally:
    counted: Counter[int] = Counter()
    for option, _number, times in counts.marks[the_round]:
        if option:
            counted[option] += times
    return {"rows": _rows(poll, counted, answered)}


def _rating(poll: Poll, the_round: int, counts: _Counts, answered: int) -> Tally:
    by_option: defaultdict[int | None, dict[int, int]] = defaultdict(dict)
    for option, number, times in counts.marks[the_round]:
        by_option[option][number or 0] = times
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


def _ranking(poll: Poll, the_round: int, counts: _Counts, answered: int) -> Tally:
    """Borda: of n options the first of a ballot gets n - 1 points, the last none."""
    count = len(poll.options.all())
    scores: Counter[int] = Counter()
    firsts: Counter[int] = Counter()
    for option, number, times in counts.marks[the_round]:
        if option and number:
            scores[option] += (count - number) * times
            firsts[option] += times if number == 1 else 0
    rows = _rows(poll, firsts, answered)
    most = answered * (count - 1)
    for row in rows:
        row["score"] = scores[row["id"]]
        row["share"] = round(100 * row["score"] / most) if most else 0
    return {"rows": sorted(rows, key=lambda row: (-row["score"], row["id"]))}


def _words(poll: Poll, the_round: int, counts: _Counts, answered: int) -> Tally:
    return {"words": counts.words[the_round]}


def _texts(poll: Poll, the_round: int, counts: _Counts, answered: int) -> Tally:
    return {"texts": counts.texts[the_round], "pending": counts.pending.get(the_round, 0)}


def _numbers(poll: Poll, the_round: int, counts: _Counts, answered: int) -> Tally:
    counted = {number: times for _option, number, times in counts.marks[the_round] if number is not None}
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


COUNTERS: dict[str, Callable[[Poll, int, _Counts, int], Tally]] = {
    Type.SINGLE: _choices,
    Type.MULTIPLE: _choices,
    Type.RATING: _rating,
    Type.RANKING: _ranking,
    Type.WORDS: _words,
    Type.TEXT: _texts,
    Type.NUMBER: _numbers,
    Type.QUIZ: _choices,
}
