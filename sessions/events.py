"""The kinds of events that the programme appends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from common.registry import registry
from live.audiences import EVERYONE
from live.log import append_all, append_each
from live.models import Event
from people.permissions import is_open
from sessions.audiences import REGISTERED, STAFF, VISITORS
from sessions.data import cities_on_air, ends_of, session_card, session_detail, shown_to
from sessions.models import Session

_waiting: ContextVar[list[Session] | None] = ContextVar("waiting", default=None)  # whose edition is told later


def status(sessions: Sequence[Session]) -> None:
    """Status, times or stage of sessions of an edition changed: "sessions.status" to their rooms, "sessions.on_air" to
    the edition's."""
    registry.player().prepare(sessions)
    append_each(_status(session) for session in sessions)
    on_air_changed(sessions)


def _status(session: Session) -> tuple[str, Event, str]:
    event = Event(kind="sessions.status", data={"item": session_detail(session)})
    return session.room_key, event, session.edition.room_key


def on_air_changed(sessions: Sequence[Session]) -> None:
    """ "sessions.on_air" to the edition's room: once for everybody, or, when not all is for everybody, once for each
    audience. The caller holds the edition, so that each event includes the steps before it."""
    waiting = _waiting.get()
    if waiting is None:
        _tell_edition(sessions)
    else:
        waiting.extend(sessions)


@contextmanager
def together() -> Iterator[None]:
    """Let the edition's room hear of all steps within at their end: what is on air is then asked for once."""
    token = _waiting.set([])
    try:
        yield
        waiting = _waiting.get()
    finally:
        _waiting.reset(token)
    if waiting:
        _tell_edition(waiting)


def _tell_edition(sessions: Sequence[Session]) -> None:
    edition = sessions[0].edition
    on_air = list(Session.objects.on_air().filter(edition=edition).for_display())
    is_for_all = all(is_open(session) for session in [*sessions, *on_air])
    told, ends = [], ends_of(sessions)
    for audience in (VISITORS,) if is_for_all else (VISITORS, REGISTERED, STAFF):
        cities = cities_on_air(edition, audience, on_air)
        cards = [session_card(session, ends) if shown_to(session, audience) else None for session in sessions]
        to = EVERYONE if is_for_all else audience
        told += [Event(kind="sessions.on_air", data={"item": card, "cities": cities}, audience=to) for card in cards]
    append_all(edition.room_key, told)
