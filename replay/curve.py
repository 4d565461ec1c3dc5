"""The curve of how much was written, along the recording, as the path of an SVG."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from common.contract import Recorded
from common.registry import registry
from sessions.models import Session

COLUMNS, WIDTH, HEIGHT = 120, 1000, 40


class Curve(TypedDict):
    """`path` is drawn in a box of WIDTH by HEIGHT that stands for `length` seconds of the recording."""

    path: str
    length: float
    most: int


def curve(session: Session, recorded: Recorded) -> Curve:
    """The activity of all apps in a session that come back."""
    total: dict[datetime, int] = {}
    for source in registry.replayed.values():
        for minute, number in source.activity(session).items():
            total[minute] = total.get(minute, 0) + number
    length = max(1.0, recorded.cuts.place(recorded.until.timestamp()) or 0.0)
    columns = _columns(recorded, total, length)
    return {"path": _path(columns), "length": round(length, 1), "most": max(columns)}


def _columns(recorded: Recorded, total: Mapping[datetime, int], length: float) -> list[int]:
    columns = [0] * COLUMNS
    for minute, number in total.items():
        place = recorded.place(minute)
        if place is None and recorded.place(datetime.fromtimestamp(minute.timestamp() + 59, minute.tzinfo)) is not None:
            place = 0.0  # the minute in which the recording begins
        if place is not None:
            columns[min(COLUMNS - 1, int(place / length * COLUMNS))] += number
    return columns


def _path(columns: list[int]) -> str:
    """An area through the middles of the columns; they are smoothed, for minutes are wider than columns or narrower."""
    around = [*columns[:1], *columns, *columns[-1:]]
    triples = zip(around, around[1:], around[2:], strict=False)
    smooth = [(before + 2 * here + after) / 4 for before, here, after in triples]
    most, step = max(smooth) or 1, WIDTH / len(smooth)
    heights = [HEIGHT - value / most * (HEIGHT - 2) for value in smooth]
    points = " ".join(f"L{(number + 0.5) * step:.0f} {height:.1f}" for number, height in enumerate(heights))
    return f"M0 {HEIGHT} {points} L{WIDTH} {HEIGHT}Z"
