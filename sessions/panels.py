"""What the panels of a session's page show, read before any of them is drawn.

What is the same for all of a role is kept for the pages of all their cohorts. An entry of the log ends what its own app
has read, or everything, where no panel is its app's: a busy chat does not count the polls again. So does a change of
what is volatile, such as a vote; it says nothing of what other apps have read.
"""

import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, ClassVar

from django.utils.translation import get_language

from common.contract import Panel
from common.prepared import Prepared
from common.registry import registry
from live.models import Event
from people.request import Request
from sessions import translating
from sessions.data import session_detail
from sessions.models import Session
from sessions.reading import HEADS

PLACES = ("stage_panels", "tools", "pinned", "panels", "bars")
LIFETIME = 2.0  # seconds: what neither the log nor a touch tells of
MOST = 100  # sessions, roles and languages
MOST_TOLD = 500  # entries of the log between two pages
Parts = dict[Any, Any]  # what each panel has read; "item" and "words": what the page itself shows of the session
Kept = dict[Any, tuple[float, Any]]  # the same with the time.monotonic() before each was read


@dataclass(frozen=True)
class Reading:
    """What was read when the rooms stood at these heads."""

    heads: dict[str, int]
    touches: dict[str, int]  # app -> how often
    parts: Kept


_readings: OrderedDict[tuple[int, str, str | None], Reading] = OrderedDict()
_lock = Lock()


class Touches:
    """How often something volatile of each app has changed in each room, as far as this process was told."""

    counts: ClassVar[defaultdict[str, Counter[str]]] = defaultdict(Counter)

    def reached(self, key: str, head: int) -> None:
        """The heads tell that."""

    def touched(self, key: str, kind: str, item: str) -> None:
        """What its app has read before is not shown any more."""
        if key.startswith("session:"):
            self.counts[key][_app(kind)] += 1

    def rechecked(self, participants: set[int], rooms: set[str]) -> None:
        """Nothing here depends on a person's rights."""


def read(request: Request, session: Session, role: str) -> Parts:
    """The page's own "item" and "words". Notes in `request.panels` what each panel shows."""
    parts = _read(session, request.user) if request.cohort is None else _shared(request, session, role)
    request.panels = {panel: _context(panel, request, session, parts) for panel, _app in _panels()}
    return parts


def _shared(request: Request, session: Session, role: str) -> Parts:
    key, heads = (session.pk, role, get_language()), vars(session)[HEADS]
    touches, began = dict(Touches.counts.get(session.room_key, {})), time.monotonic()
    kept = _still_right(_readings.get(key), session.room_key, heads, touches)
    found = _read(session, request.user, kept)
    with _lock:
        _readings[key] = Reading(heads, touches, kept | {part: (began, shown) for part, shown in found.items()})
        _readings.move_to_end(key)
        if len(_readings) > MOST:
            _readings.popitem(last=False)
    return found | {part: shown for part, (_at, shown) in kept.items()}


def _still_right(reading: Reading | None, own: str, heads: dict[str, int], touches: dict[str, int]) -> Kept:
    """What of a reading holds at these heads; `own` is the session's room."""
    if reading is None or reading.heads | {own: heads[own]} != heads:
        return {}
    changed = _changed(own, reading.heads[own], heads[own])
    apps = {panel: app for panel, app in _panels() if panel.read}
    if changed is None or not changed <= set(apps.values()):
        return {}
    changed |= {app for app, count in touches.items() if count != reading.touches.get(app, 0)}
    since = time.monotonic() - LIFETIME
    return {part: kept for part, kept in reading.parts.items() if kept[0] > since and apps.get(part) not in changed}


_TOLD: Prepared[str] = Prepared(
    lambda key, after, upto: (
        Event.objects.filter(room__key=key, seq__gt=after, seq__lte=upto)
        .order_by()
        .values_list("kind", flat=True)[:MOST_TOLD]
    )
)


def _changed(key: str, after: int, upto: int) -> set[str] | None:
    """The apps of which a room's log tells between two heads; None where it does not say all of it."""
    if after == upto:
        return set()
    kinds = _TOLD.ask(key, after, upto) if after < upto else []
    return {_app(kind) for kind in kinds} if len(kinds) == upto - after else None


def _app(kind: str) -> str:
    return kind.partition(".")[0]


def forget() -> None:
    """Keep nothing."""
    _readings.clear()


@cache
def _panels() -> list[tuple[Panel, str]]:
    """Each panel of the page with its app."""
    features = registry.features.items()
    return [(panel, app) for app, feature in features for place in PLACES for panel in getattr(feature, place)]


def _read(session: Session, user: Any, known: Collection[Any] = ()) -> Parts:
    """What is not known yet, together."""
    with registry.together():
        reading = [panel for panel, _app in _panels() if panel.read and panel not in known]
        found: Parts = {panel: panel.read(session, user) for panel in reading if panel.read}
        if "item" not in known:
            found |= {"item": session_detail(session), "words": translating.translated(session)}
    return found


def _context(panel: Panel, request: Request, session: Session, parts: Parts) -> dict[str, Any]:
    page = {"request": request, "session": session, "read": parts.get(panel)}
    return panel.context(page, session.edition if panel in registry.panels("bars") else session)
