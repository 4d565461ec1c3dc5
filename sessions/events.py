"""The kinds of events that the programme appends."""

from typing import Any

from live.log import append
from people.permissions import is_open
from sessions.audiences import REGISTERED, STAFF, VISITORS
from sessions.data import cities_on_air, session_card, session_detail, shown_to
from sessions.models import Session


def status(session: Session) -> None:
    """A session's status, times or stage changed: "sessions.status" to its room, "sessions.on_air" to its edition's."""
    append(session.room_key, "sessions.status", {"item": session_detail(session)}, parent=session.edition.room_key)
    on_air_changed(session)


def on_air_changed(session: Session) -> None:
    """ "sessions.on_air" to the edition's room: once for everybody, or, when not all is for everybody, once for each
    audience. The caller holds `Session.locked`, so that each event includes the steps before it."""
    on_air = list(Session.objects.on_air().filter(edition=session.edition).for_display())
    if all(is_open(other) for other in [session, *on_air]):
        append(session.edition.room_key, "sessions.on_air", _on_air_event(session, on_air, VISITORS))
        return
    for audience in (VISITORS, REGISTERED, STAFF):
        data = _on_air_event(session, on_air, audience)
        append(session.edition.room_key, "sessions.on_air", data, audience=audience)


def _on_air_event(session: Session, on_air: list[Session], audience: str) -> dict[str, Any]:
    there = shown_to(session, audience)
    return {
        "item": session_card(session) if there else None,
        "cities": cities_on_air(session.edition, audience, on_air),
    }
