"""The control room's rows, drawn up and drawn once for all who look at them.

A row is kept until the log tells of its stage, a touch tells of its numbers, somebody's rights change, or its own
moment comes. What tells of nothing (who is here, how lively the chat is) is as old as LIFETIME at most.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common import clock
from live.models import Event, Room
from live.revocations import REVOKED
from sessions.models import Edition
from show import draw
from show.control import Row, rows
from show.models import control_room

LIFETIME = timedelta(seconds=30)
MOST = 16  # editions
Place = tuple[int, str, str, str]  # place, name of the stage, city, zone


@dataclass
class KeptRow:
    """The row of a stage as it was drawn up, and its HTML by role and language."""

    row: Row
    until: datetime
    drawn: dict[tuple[str, str | None], SafeString] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """What it says of the stage itself."""
        return self.row["place"], self.row["name"], self.row["city"], self.row["timezone"]

    def html(self, role: str) -> SafeString:
        """The row as somebody of that role reads it."""
        key = role, get_language()
        if key not in self.drawn:
            self.drawn[key] = draw.row(self.row, role)
        return self.drawn[key]


@dataclass
class _Edition:
    """The rows of an edition, which stand for at least these heads."""

    heads: dict[str, int]
    rows: dict[int, KeptRow] = field(default_factory=dict)
    drops: dict[int, int] = field(default_factory=dict)  # stage -> how often its row was dropped


_editions: dict[int, _Edition] = {}
_lock = Lock()


def rooms_of(edition: Edition) -> list[str]:
    """The rooms whose heads `rows_of` has to know."""
    return [control_room(edition.pk), REVOKED]


def rows_of(
    edition: Edition, heads: Mapping[str, int] | None = None, only: Collection[int] | None = None
) -> list[KeptRow]:
    """The rows of an edition's stages, or of `only` some, in the order of the stages, at least as new as these heads
    (by default those of now)."""
    rooms = rooms_of(edition)
    heads = heads or Room.heads(rooms)
    kept = _up_to(edition, {room: heads[room] for room in rooms})
    held, now = dict(kept.rows), clock.now()
    if not held:
        return list(_drawn_up(edition, kept, only).values())
    places = {stage: place for stage, place in _places(edition).items() if only is None or stage in only}
    found = {pk: row for pk, row in held.items() if row.place == places.get(pk) and now < row.until}
    if missing := places.keys() - found:
        found |= _drawn_up(edition, kept, missing)
    return [found[stage] for stage in places if stage in found]


def _places(edition: Edition) -> dict[int, Place]:
    columns = ("pk", "name", "host_city__name", "host_city__timezone")
    return {pk: (at, *names) for at, (pk, *names) in enumerate(edition.stages.values_list(*columns))}


def _up_to(edition: Edition, heads: dict[str, int]) -> _Edition:
    """What is kept of an edition, without the rows that have changed on the way to these heads."""
    control, revoked = rooms_of(edition)
    with _lock:
        if edition.pk not in _editions and len(_editions) >= MOST:
            _editions.clear()
        kept = _editions.setdefault(edition.pk, _Edition(dict(heads)))
        known = dict(kept.heads)
    if known[control] >= heads[control] and known[revoked] >= heads[revoked]:
        return kept
    told = Event.objects.filter(room__key=control, seq__gt=known[control], seq__lte=heads[control])
    stages = [data.get("stage", 0) for data in told.values_list("data", flat=True)]
    # What the log no longer has in one piece, or who may do what, can be about any row.
    whole = known[revoked] < heads[revoked] or len(stages) < heads[control] - known[control]
    with _lock:
        _drop(kept, list(kept.rows) if whole else stages)
        kept.heads = {room: max(head, kept.heads[room]) for room, head in heads.items()}
    return kept


def _drawn_up(edition: Edition, kept: _Edition, stages: Collection[int] | None) -> dict[int, KeptRow]:
    """These stages' rows, drawn up anew; they are kept unless something has happened meanwhile."""
    with _lock:
        before, drops = dict(kept.heads), dict(kept.drops)
    until = clock.now() + LIFETIME
    found = {}
    for row in rows(edition, stages):
        due = datetime.fromisoformat(row["due"]) if row["due"] else until
        found[row["stage"]] = KeptRow(row, min(due, until))
    with _lock:
        if kept.heads == before:
            kept.rows |= {pk: row for pk, row in found.items() if kept.drops.get(pk) == drops.get(pk)}
    return found


def _drop(kept: _Edition, stages: Collection[int]) -> None:
    for stage in stages:
        kept.rows.pop(stage, None)
        kept.drops[stage] = kept.drops.get(stage, 0) + 1


def forget(edition_id: int, stage: int) -> None:
    """A row's numbers have changed, which the log does not tell."""
    with _lock:
        if kept := _editions.get(edition_id):
            _drop(kept, [stage])


def clear() -> None:
    """Forget all."""
    with _lock:
        _editions.clear()


class Touches:
    """Hears in which rows numbers have changed, in this process or another."""

    def reached(self, key: str, head: int) -> None:
        """Heads are asked for with each page: rings may be lost."""

    def touched(self, key: str, kind: str, item: str) -> None:
        """A number of a row, in a control room's key."""
        what, _colon, edition = key.partition(":")
        if what == "control" and edition.isdecimal() and item.isdecimal():
            forget(int(edition), int(item))

    def rechecked(self, participants: set[int], rooms: set[str]) -> None:
        """Rights move the head of a room of their own."""
