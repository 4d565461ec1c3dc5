"""The map between the time of day and the places of a recording, piece by piece.

A mark says: from this place of the recording on, it shows what happened from this moment on. A piece goes on until the
next mark. What the recorder left out, a pause, is a hole before the next mark. Times are seconds since 1970, places
seconds of the recording.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

CLOSE = 1e-6  # seconds that count as none


class Mark(NamedTuple):
    """What happened at `time` begins at `place`."""

    time: float
    place: float


class Disordered(ValueError):
    """Marks that no recording can have; `number` is the first one that does not follow from those before, from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(f"mark {number} is out of order")
        self.number = number


class Cuts:
    """The marks of a recording, in order. Raises Disordered, and ValueError without any."""

    def __init__(self, marks: Iterable[tuple[float, float]]) -> None:
        self.marks = tuple(Mark(float(time), float(place)) for time, place in marks)
        if not self.marks:
            raise ValueError("a recording has at least one mark")
        for number, (before, mark) in enumerate(zip(self.marks, self.marks[1:], strict=False), 2):
            length, passed = mark.place - before.place, mark.time - before.time
            if length <= 0 or passed < length - CLOSE:
                raise Disordered(number)
        if not all(math.isfinite(part) for mark in self.marks for part in mark) or self.marks[0].place < 0:
            raise Disordered(1)

    def place(self, time: float) -> float | None:
        """Where a moment stands in the recording: of a hole, at its cut. None for what was before it."""
        number = bisect_right(self.marks, time, key=lambda mark: mark.time) - 1
        if number < 0:
            return None
        place = self.marks[number].place + time - self.marks[number].time
        following = self.marks[number + 1 : number + 2]
        return min(place, following[0].place) if following else place

    def time(self, place: float) -> float:
        """The moment that a place shows; before the first mark, that mark's."""
        number = max(0, bisect_right(self.marks, place, key=lambda mark: mark.place) - 1)
        return self.marks[number].time + max(0.0, place - self.marks[number].place)

    def shows(self, time: float) -> bool:
        """Whether the recording has that moment: it is neither before it nor in a hole."""
        place = self.place(time)
        return place is not None and abs(self.time(place) - time) < CLOSE * 1000

    def span(self, begin: float, end: float) -> tuple[float, float]:
        """The moments, from and before, that stand from place `begin` on and before place `end`."""
        return self._first(begin), self._first(end)

    def _first(self, place: float) -> float:
        """The first moment that stands at a place or after it."""
        number = bisect_left(self.marks, place, key=lambda mark: mark.place) - 1
        if number < 0:
            return self.marks[0].time
        return self.marks[number].time + place - self.marks[number].place
