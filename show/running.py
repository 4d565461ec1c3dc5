"""What moderators decide about a session's show."""

from typing import Any

from django.db import transaction

from live.revocations import recheck_room
from people import audit
from people.models import Participant
from sessions.models import Session
from show import address
from show.following import clock_changed, screen_changed
from show.models import Show


def configure(session: Session, changes: dict[str, Any], by: Participant) -> None:
    """Change what the screen shows ("mode"), or when the clock turns ("amber", "red")."""
    with transaction.atomic():
        show = Show.locked(session)
        for name, value in changes.items():
            setattr(show, name, value)
        show.save()
        audit.record(by, "show.configure", session.room_key, **changes)
        clock_changed(session)
        screen_changed(session)


def revoke(session: Session, by: Participant) -> None:
    """End the screen's address; screens that are open lose it, and a fresh address opens it from now on."""
    with transaction.atomic():
        show = Show.locked(session)
        ended = address.room_key(show)
        show.address_number += 1
        show.save(update_fields=["address_number"])
        audit.record(by, "show.revoke", session.room_key)
        recheck_room(ended)
