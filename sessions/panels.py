"""What the panels of a session's page show, read before any of them is drawn.

What is the same for all of a role is read once for the pages of all their cohorts, while nothing happens in its rooms.
"""

from collections import Counter
from functools import partial
from typing import Any, ClassVar

from django.utils.translation import get_language

from common.contract import Panel
from common.kept import Kept
from common.registry import registry
from people.request import Request
from sessions import translating
from sessions.data import session_detail
from sessions.models import Session
from sessions.reading import HEADS

PLACES = ("stage_panels", "tools", "pinned", "panels", "bars")
Read = dict[Any, Any]  # what each panel has read, and what the page itself shows of the session

# By the heads of the rooms and the touches; what neither tells of is a second old at most.
_kept: Kept[Read] = Kept(most=300, seconds=1.0)


class Touches:
    """How often something volatile has changed in each room, as far as this process was told (live.protocols)."""

    counts: ClassVar[Counter[str]] = Counter()

    def reached(self, key: str, head: int) -> None:
        """The heads tell that."""

    def touched(self, key: str, item: str) -> None:
        """What was read before is not shown any more."""
        if key.startswith("session:"):
            self.counts[key] += 1

    def rechecked(self, participants: set[int], rooms: set[str]) -> None:
        """Nothing here depends on a person's rights."""


def read(request: Request, session: Session, role: str) -> Read:
    """The page's own "item" and "words". Notes in `request.panels` what each panel shows."""
    make = partial(_read, session, request.user)
    if request.cohort is None:
        found = make()
    else:
        heads = tuple(vars(session)[HEADS].items())
        key = (session.pk, role, get_language(), heads, Touches.counts[session.room_key])
        found = _kept.get(key, make)
    request.panels = {panel: _context(panel, request, session, found) for panel in _panels()}
    return found


def _panels() -> list[Panel]:
    return [panel for place in PLACES for panel in registry.panels(place)]


def _read(session: Session, user: Any) -> Read:
    with registry.together():
        found: Read = {"item": session_detail(session), "words": translating.translated(session)}
        return found | {panel: panel.read(session, user) for panel in _panels() if panel.read}


def _context(panel: Panel, request: Request, session: Session, found: Read) -> dict[str, Any]:
    page = {"request": request, "session": session, "read": found.get(panel)}
    return panel.context(page, session.edition if panel in registry.panels("bars") else session)
