"""The numbers of the leaderboard: pure. The jury decides, they help."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev, pvariance
from typing import Any

ENOUGH = 8  # scores of a judge, from which on how strict they are can be told


@dataclass(frozen=True)
class Row:
    """An entry's numbers. `mean` of 0 to 100; `z` in standard deviations; it ranks from `best` to `worst`.

    The ranks are those by mean and by z, and by mean when any one of its scores is left out. `spread` is the highest
    score less the lowest; `outlier` says that a score is more than two deviations from the entry's others.
    """

    entry: Any
    count: int
    mean: float
    z: float
    rank: int
    best: int
    worst: int
    spread: float
    outlier: bool


def total(criteria: Sequence[Mapping[str, Any]], marks: Mapping[str, int]) -> float:
    """The weighted mean of the marks, each on its scale, from 0 to 100."""
    shares: dict[str, float] = {
        row["key"]: (marks[row["key"]] - row["low"]) / (row["high"] - row["low"]) for row in criteria
    }
    weights: dict[str, int] = {row["key"]: row["weight"] for row in criteria}
    return 100 * sum(weights[key] * share for key, share in shares.items()) / sum(weights.values())


def leaderboard(scores: Iterable[tuple[Any, Any, float]]) -> list[Row]:
    """Rows of the scores (entry, judge, value), the best mean first."""
    scores = list(scores)
    raw, normal = _by_entry(scores), _by_entry(normalised(scores))
    means = {entry: fmean(values) for entry, values in raw.items()}
    zs = {entry: fmean(values) for entry, values in normal.items()}
    by_mean, by_z = sorted(means.values()), sorted(zs.values())
    rows = [_row(entry, raw[entry], normal[entry], by_mean, by_z) for entry in raw]
    return sorted(rows, key=lambda row: (row.rank, -row.z))


def normalised(scores: Sequence[tuple[Any, Any, float]]) -> list[tuple[Any, Any, float]]:
    """The scores in deviations from their judge's mean; from everybody's where a judge's cannot be told."""
    by_judge: dict[Any, list[float]] = defaultdict(list)
    for _entry, judge, value in scores:
        by_judge[judge].append(value)
    everybody = _mean_and_deviation([value for _entry, _judge, value in scores])
    own = {judge: _mean_and_deviation(values) for judge, values in by_judge.items() if len(values) >= ENOUGH}
    found = []
    for entry, judge, value in scores:
        mean, deviation = own[judge] if own.get(judge, (0, 0))[1] else everybody
        found.append((entry, judge, (value - mean) / deviation if deviation else 0.0))
    return found


def _mean_and_deviation(values: Sequence[float]) -> tuple[float, float]:
    return (fmean(values), pstdev(values)) if values else (0.0, 0.0)


def _by_entry(scores: Iterable[tuple[Any, Any, float]]) -> dict[Any, list[float]]:
    found: dict[Any, list[float]] = defaultdict(list)
    for entry, _judge, value in scores:
        found[entry].append(value)
    return found


def _row(entry: Any, raw: list[float], normal: list[float], by_mean: list[float], by_z: list[float]) -> Row:
    mean, z = fmean(raw), fmean(normal)
    rank = _rank(by_mean, mean)
    others = [(sum(raw) - value) / (len(raw) - 1) for value in raw] if len(raw) > 1 else []
    ranks = [rank, _rank(by_z, z), *(_rank(by_mean, other, own=mean) for other in others)]
    gaps = [abs(value - (sum(normal) - value) / (len(normal) - 1)) for value in normal] if len(normal) > 1 else [0.0]
    spread = max(raw) - min(raw)
    return Row(entry, len(raw), mean, z, rank, min(ranks), max(ranks), spread, max(gaps) > 2)


def _rank(ordered: list[float], value: float, own: float | None = None) -> int:
    """The rank of a value among all (ascending); `own` is the one of them that it stands for."""
    above = len(ordered) - bisect_right(ordered, value + 1e-9)
    return above + 1 - (own is not None and own > value + 1e-9)


def agreement(scores: Iterable[tuple[Any, Any, float]]) -> float | None:
    """How much the judges agree: Krippendorff's alpha for intervals. 1: fully, 0: as by chance; below: they oppose.

    None: no entry has two scores, or all scores are the same.
    """
    units = [values for values in _by_entry(scores).values() if len(values) > 1]
    everything = [value for values in units for value in values]
    count = len(everything)
    expected = 2 * count * pvariance(everything) / (count - 1) if count else 0.0
    if not expected:
        return None
    observed = sum(2 * len(values) ** 2 * pvariance(values) / (len(values) - 1) for values in units) / count
    return 1 - observed / expected
