"""The code of a hall: people in the room scan it, type a name, and become guests of that one session."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import clock
from common.codes import typed_code
from people import audit, limits
from people.models import Ban, EventCode, Participant, Role
from people.permissions import TAKING_PART, can, roles
from people.refusal import Refused
from registration import seats
from sessions.models import BEFORE, Session, Status

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no characters that look alike
LENGTH = 8
GRACE = timedelta(minutes=15)  # after the end, for who is still on the way in
UNUSED = timedelta(days=1)  # after the end as promised of a session that nobody began
GONE = gettext_lazy("This code opens nothing now. Look at the screen again: it may have changed.")


class NotYet(Refused):
    """The code is right, but its session is still under embargo."""


def of(session: Session) -> EventCode | None:
    """The code that opens the session now."""
    code = EventCode.of(session.room_key)
    return code if code and _holds(code, session) else None


def _holds(code: EventCode, session: Session) -> bool:
    """Whether a standing code opens its session: until its own end, else as long as the session and GRACE."""
    if code.expires_at or session.on_air:
        return True
    if session.status == Status.CANCELLED:
        return False
    if session.status in BEFORE:
        return clock.now() < session.finishes + UNUSED
    ended = session.status_changes.filter(action="end", undone_at=None).order_by("pk").last()
    return clock.now() < (ended.at if ended else session.finishes) + GRACE


def show(session: Session, expires_at: datetime | None, by: Participant, max_guests: int = 2000) -> EventCode:
    """A new code, which replaces the one before it. Raises Refused for an end in the past.

    Without an end of its own it holds as long as the session, and GRACE.
    """
    if expires_at and expires_at <= clock.now():
        raise Refused(_("The code must end in the future."))
    with transaction.atomic():
        revoke(session, by)
        code = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
        event_code = EventCode.objects.create(
            code=code, scope=session.room_key, expires_at=expires_at, max_guests=max_guests, made_by=by
        )
        audit.record(
            by, "hall.code", session.room_key, code=event_code.pk, expires_at=expires_at, max_guests=max_guests
        )
    return event_code


def revoke(session: Session, by: Participant, guests: bool = False) -> None:
    """Stop the session's code from working; with `guests` all guests of the session lose their seats too."""
    with transaction.atomic():
        codes = EventCode.objects.filter(scope=session.room_key, revoked_at=None).update(revoked_at=clock.now())
        removed = seats.release(session, seats.taken(session)) if guests else 0
        if codes or removed:
            audit.record(by, "hall.revoke", session.room_key, guests=removed)


def find(typed: str, user: Participant | AnonymousUser) -> tuple[EventCode, Session]:
    """The code and the session that a typed code opens for `user`.

    Raises Refused, with the same message for a wrong and an ended code; NotYet under an embargo.
    """
    code = typed_code(typed)[:LENGTH]
    event_code = EventCode.standing().filter(code=code).first()
    pk = event_code.scope.partition(":")[2] if event_code else ""
    session = Session.objects.for_display().filter(pk=pk).first() if pk else None
    if event_code is None or session is None or not _holds(event_code, session):
        raise Refused(GONE)
    if session.embargo_until and session.embargoed and not can(user, "session.view", session):
        opens = date_format(session.embargo_until.astimezone(session.zone), "j M H:i")
        city = session.stage.host_city.name
        raise NotYet(_("It opens at %(time)s, %(city)s time. Come back then.") % {"time": opens, "city": city})
    return event_code, session


def admit(code: EventCode, session: Session, guest: Participant, place: str = "") -> None:
    """Make a signed-in person a guest of the session. Nothing changes for who takes part already.

    `place` is where they come from (device.place_of). Raises Refused for banned people, for a revoked code, and when
    the hall is full and no guest has left.
    """
    if Ban.objects.standing().filter(participant=guest, scope__in=session.scopes()).exists():
        raise Refused(_("You are banned here and cannot join."))
    if roles(guest, session) & TAKING_PART and can(guest, "session.view", session):
        return
    with transaction.atomic():
        # The lock lets guests in one by one: no race exceeds the limit or uses a revoked code.
        if not EventCode.objects.select_for_update().filter(pk=code.pk, revoked_at=None).first():
            raise Refused(GONE)
        taken = seats.taken(session)
        if taken.filter(participant=guest).exists():
            return
        if taken.count() >= code.max_guests and not seats.free_seat(session):
            raise Refused(_("The hall is full: no more guests can join with this code."))
        seats.arrived(session, guest, place)
        Role.objects.create(participant=guest, name=Role.Name.GUEST, scope=session.room_key)
        audit.record(guest, "hall.join", session.room_key, guest.pk, code=code.pk)


def join(
    code: EventCode, session: Session, name: str, before: Participant | None = None, place: str = ""
) -> Participant:
    """A guest of the session: the guest that this device was `before`, under the new name, else a new one.

    Raises Refused as `admit` does, and when too many join at once.
    """
    with transaction.atomic():
        if before is not None and before.deleted_at is None:
            guest = _again(before, name)
        elif before is not None and before.bans.standing().filter(scope__in=session.scopes()).exists():
            raise Refused(_("You are banned here and cannot join."))
        else:
            limits.count("hall.join", code.pk)
            guest = Participant.objects.create_guest(name)
        admit(code, session, guest, place)
    return guest


def _again(guest: Participant, name: str) -> Participant:
    if not guest.is_active:
        raise Refused(_("You cannot join from this device."))
    if guest.name != name:
        guest.name = name
        guest.save(update_fields=["name"])
    return guest
