"""What moderators decide about a session's show."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from live.revocations import recheck_room
from people import audit
from people.models import Participant
from people.refusal import Refused
from sessions.models import Session
from show import address, ends
from show.following import clock_changed, screen_changed, stage_changed
from show.models import Show
from show.projection import SHORTEST

MOST_ADDED = 180  # minutes


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


def extend(session: Session, minutes: int, by: Participant) -> None:
    """Give a session minutes, or take some (negative). Raises Refused for less than a minute or more than hours."""
    with transaction.atomic():
        session = Session.locked(session.pk)  # the edition first: it hears of the new end
        show = Show.locked(session)
        show.added += minutes
        length = session.duration + timedelta(minutes=show.added)
        if length < SHORTEST or abs(show.added) > MOST_ADDED:
            raise Refused(_("A session lasts a minute at least, and its end moves by three hours at most."))
        show.save(update_fields=["added"])
        audit.record(by, "show.extend", session.room_key, minutes=minutes)
        clock_changed(session)
        stage_changed(session)
        if session.on_air:
            ends.tell(session.stage_id)


def set_cue(session: Session, cue: str, least: int, by: Participant) -> None:
    """What a session does when the ones before it take longer: a value of `Show.Cue`; `least` minutes of a break."""
    with transaction.atomic():
        session = Session.locked(session.pk)
        show = Show.locked(session)
        show.cue, show.least = cue, least
        show.save(update_fields=["cue", "least"])
        audit.record(by, "show.cue", session.room_key, cue=cue)
        stage_changed(session)
        ends.tell(session.stage_id)  # what is on may be cut now, or no longer


def revoke(session: Session, by: Participant) -> None:
    """End the screen's address; screens that are open lose it, and a fresh address opens it from now on."""
    with transaction.atomic():
        show = Show.locked(session)
        ended = address.room_key(show)
        show.address_number += 1
        show.save(update_fields=["address_number"])
        audit.record(by, "show.revoke", session.room_key)
        recheck_room(ended)
