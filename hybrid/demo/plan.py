"""When each demo session takes place, and how it stands then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hybrid.demo.content import AGAIN, CITIES, TALKS
from sessions.models import Status

DURATION = timedelta(minutes=45)
ROWS = [-140, -80, -20, 40, 100]  # minutes from now; tomorrow repeats the last three
# What stands in the third row of each stage, by position: minutes from now, status
AROUND_NOW = [
    (-20, Status.LIVE),
    (-25, Status.LIVE),
    (5, Status.STARTING),
    (10, Status.DELAYED),
    (-15, Status.LIVE),
    (10, Status.SCHEDULED),
    (-10, Status.LIVE),
    (15, Status.SCHEDULED),
]


@dataclass(frozen=True)
class Slot:
    """One session of the plan. `number` names it for good."""

    number: int
    city: str
    stage: str
    start: datetime
    status: Status
    theme: str
    title: str
    abstract: str
    format: str


def rounded(moment: datetime) -> datetime:
    """The last full five minutes."""
    return moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)


def plan(now: datetime) -> list[Slot]:
    """The demo programme around a moment."""
    base = rounded(now)
    stages = [(city, stage) for city, (*_, names) in CITIES.items() for stage in names]
    slots: list[Slot] = []
    for row in range(len(ROWS) + 3):
        for column, (city, stage) in enumerate(stages):
            minutes, status = _when(row, column)
            number = row * len(stages) + column
            slots.append(_slot(number, city, stage, base + timedelta(minutes=minutes), status))
    return slots


def _when(row: int, column: int) -> tuple[int, Status]:
    if row >= len(ROWS):  # tomorrow
        return 24 * 60 + ROWS[row - 3] + 20, Status.SCHEDULED
    if row < 2:
        return ROWS[row], Status.ON_DEMAND if column % 3 == 0 else Status.ENDED
    if row == 2:
        return AROUND_NOW[column]
    cancelled = (row, column) == (4, 3)
    return ROWS[row] + 35, Status.CANCELLED if cancelled else Status.SCHEDULED


def _slot(number: int, city: str, stage: str, start: datetime, status: Status) -> Slot:
    # The third row, around now, gets the first talks.
    theme, title, first = TALKS[(number - 16) % len(TALKS)]
    fmt, pattern, abstract = AGAIN["en"]
    if number >= 16 + len(TALKS):
        return Slot(number, city, stage, start, status, theme, pattern.format(title), abstract, fmt)
    kinds = ["Keynote", "Panel", "Talk"]
    return Slot(number, city, stage, start, status, theme, title, first, kinds[number % len(kinds)])
