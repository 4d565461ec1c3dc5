"""The kinds of events that the programme appends."""

from typing import Any

from live.log import append
from people.permissions import is_open
from sessions.audiences import REGISTERED, STAFF, VISITORS
from sessions.data import cities_on_air, session_card, session_detail, shown_to
from sessions.models import Session


def status(session: Session) -> None:
    """A session's status, times or stage changed: "congress.status" to its room, "congress.world" to its edition's."""
    append(session.room_key, "congress.status", {"item": session_detail(session)}, parent=session.edition.room_key)
    changed_in_world(session)


def changed_in_world(session: Session) -> None:
    """ "congress.world" to the edition's room: once for everybody, or, when not all is for everybody, once for each
    audience. The caller holds `Session.locked`, so that each step tells of the world that the ones before it made."""
    on_air = list(Session.objects.on_air().filter(edition=session.edition).for_display())
    if all(is_open(one) for one in [session, *on_air]):
        append(session.edition.room_key, "congress.world", _world_event(session, on_air, VISITORS))
        return
    for audience in (VISITORS, REGISTERED, STAFF):
        data = _world_event(session, on_air, audience)
        append(session.edition.room_key, "congress.world", data, audience=audience)


def _world_event(session: Session, on_air: list[Session], audience: str) -> dict[str, Any]:
    there = shown_to(session, audience)
    return {
        "item": session_card(session) if there else None,
        "cities": cities_on_air(session.edition, audience, on_air),
    }
