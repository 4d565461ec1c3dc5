"""Whom a session is for, and what becomes of those who follow it when that changes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from live.log import append, rewrite
from live.revocations import recheck_room
from people import audit
from people.access import Visibility
from people.models import Participant
from people.permissions import is_open
from sessions import events
from sessions.models import Session


@dataclass(frozen=True)
class Settings:
    """What the organiser chooses. `passes` count for Visibility.PASSES; `guests_may` names what guests may do."""

    visibility: str = Visibility.PUBLIC
    passes: list[str] = field(default_factory=list)
    embargo_until: datetime | None = None
    guests_may: list[str] = field(default_factory=list)


def change(session_id: int, settings: Settings, by: Participant) -> Session:
    """Set whom a session is for: whoever may not follow it now is cut off, and the log forgets what they got of it."""
    with transaction.atomic():
        session = Session.locked(session_id)
        was_open = is_open(session)
        session.visibility, session.visible_passes = settings.visibility, sorted(settings.passes)
        session.embargo_until, session.guests_may = settings.embargo_until, sorted(settings.guests_may)
        session.save(update_fields=["visibility", "visible_passes", "embargo_until", "guests_may"])
        on_record(session, by)
        _forget(session)
        if was_open and not is_open(session):
            append(session.edition.room_key, "sessions.hidden", {"id": session.pk})
        events.on_air_changed([session])
        recheck_room(session.room_key)
    return session


def on_record(session: Session, by: Participant) -> None:
    """Put on record whom the session is for."""
    audit.record(
        by,
        "session.access",
        session.room_key,
        visibility=session.visibility,
        passes=session.visible_passes,
        embargo_until=session.embargo_until,
        guests_may=session.guests_may,
    )


def _city_without(city: dict[str, Any], session: Session) -> dict[str, Any]:
    """What an entry says of a city, neither with the session on air there nor as what comes next."""
    on_air = [card for card in city["sessions"] if card["id"] != session.pk]
    upcoming = city.get("next")
    if upcoming and upcoming["url"] == session.get_absolute_url():
        upcoming = None
    return city | {"sessions": on_air, "next": upcoming}


def _forget(session: Session) -> None:
    """Take the session out of the edition's log, so that no catch-up tells of it."""

    def without(data: dict[str, Any]) -> dict[str, Any]:
        if "cities" not in data:
            return data
        item = data["item"] if data["item"] and data["item"]["id"] != session.pk else None
        return {"item": item, "cities": [_city_without(city, session) for city in data["cities"]]}

    rewrite(session.edition.room_key, without)
