"""When the sessions of an agenda will really be, and which of them are at the same time. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

TELLING = timedelta(minutes=3)  # what is later by less is in time


@dataclass(frozen=True)
class Span:
    """A session in an agenda: planned, promised, and as things stand. `open`: it takes time of somebody still.

    `finishes`: the end as promised; None: as things stand.
    """

    key: int
    planned: datetime
    published: datetime
    start: datetime
    end: datetime
    city: str
    open: bool = True
    finishes: datetime | None = None

    @property
    def moved(self) -> int:
        """Minutes by which its published start is later than planned."""
        return round((self.published - self.planned) / timedelta(minutes=1))

    @property
    def late(self) -> int:
        """Minutes by which it will begin later than published; 0 for what is in time."""
        late = self.start - self.published
        return round(late / timedelta(minutes=1)) if self.open and late >= TELLING else 0

    @property
    def overruns(self) -> int:
        """Minutes by which it will end later than promised; 0 for what ends in time."""
        over = self.end - (self.finishes or self.end)
        return round(over / timedelta(minutes=1)) if self.open and over >= TELLING else 0

    @property
    def shown(self) -> datetime:
        """The start that its line says: as things stand when that is worth telling, else as published."""
        return self.start if self.late else self.published

    def promised_with(self, other: "Span") -> bool:
        """Whether both are at the same time as promised."""
        return self.published < (other.finishes or other.end) and other.published < (self.finishes or self.end)

    def meets(self, other: "Span") -> bool:
        """Whether both are at the same time as things stand, by more than what is not worth telling.

        What was promised for the same time clashes however short that is.
        """
        least = timedelta() if self.promised_with(other) else TELLING
        return min(self.end, other.end) - max(self.start, other.start) > least


def clashes(spans: Iterable[Span]) -> dict[int, list[int]]:
    """Key -> keys of what is at the same time, as things stand; in their order. What is over or cancelled is not."""
    found: dict[int, list[int]] = {}
    running: list[Span] = []
    for span in sorted((span for span in spans if span.open), key=lambda span: (span.start, span.key)):
        running = [other for other in running if other.end > span.start]
        for other in filter(span.meets, running):
            found.setdefault(other.key, []).append(span.key)
            found.setdefault(span.key, []).append(other.key)
        running.append(span)
    return found
