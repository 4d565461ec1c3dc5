"""The hall's event code: whoever is in the room scans it, types a name, and is a guest of that one session."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import EventCode, Participant, Role
from people.refusal import Refused
from sessions.blocklist import blocked
from sessions.models import Session

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read for something else
LENGTH = 8


def show(session: Session, expires_at: datetime, by: Participant) -> EventCode:
    """A new code, which takes the place of the one before it. Raises Refused for a time that is over."""
    if expires_at <= timezone.now():
        raise Refused(_("The code must end in the future."))
    with transaction.atomic():
        revoke(session, by)
        code = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
        made = EventCode.objects.create(code=code, scope=session.room_key, expires_at=expires_at, made_by=by)
        audit.record(by, "hall.code", session.room_key, code=made.pk, expires_at=expires_at)
    return made


def revoke(session: Session, by: Participant) -> None:
    """Let the session's code open nothing any more; guests who are in stay in."""
    with transaction.atomic():
        if EventCode.objects.filter(scope=session.room_key, revoked_at=None).update(revoked_at=timezone.now()):
            audit.record(by, "hall.revoke", session.room_key)


def find(typed: str) -> tuple[EventCode, Session]:
    """What a typed code opens. Raises Refused, in the same words for a wrong code and one that has ended."""
    code = "".join(char for char in typed.upper() if char.isalnum())[:LENGTH]
    found = EventCode.objects.filter(code=code, revoked_at=None, expires_at__gt=timezone.now()).first()
    pk = found.scope.partition(":")[2] if found else ""
    session = Session.objects.for_display().filter(pk=pk).first() if pk else None
    if found is None or session is None:
        raise Refused(_("This code opens nothing now. Look at the screen again: it may have changed."))
    return found, session


def admit(code: EventCode, session: Session, guest: Participant) -> None:
    """Make somebody who is signed in a guest of the session."""
    with transaction.atomic():
        if Role.objects.get_or_create(participant=guest, name=Role.Name.GUEST, scope=session.room_key)[1]:
            audit.record(guest, "hall.join", session.room_key, guest.pk, code=code.pk)


def join(code: EventCode, session: Session, name: str) -> Participant:
    """A new guest of the session. Raises Refused when the hall is full or the name has a blocked word."""
    if blocked(name, session.edition.blocked_terms):
        raise Refused(_("Choose another name."))
    with transaction.atomic():
        EventCode.objects.select_for_update().get(pk=code.pk)
        if Role.objects.filter(name=Role.Name.GUEST, scope=session.room_key).count() >= code.max_guests:
            raise Refused(_("The hall is full: no more guests can join with this code."))
        guest = Participant.objects.create_guest(name)
        admit(code, session, guest)
    return guest
