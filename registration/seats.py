"""The seats of a hall's guests: who has one, who has left, and how to free many at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Trunc

from common import clock
from live.revocations import recheck_room
from people import audit
from people.models import Participant, Role
from registration.models import Arrival
from sessions.models import Session

IDLE = timedelta(minutes=15)  # with no page and no socket for so long, a guest may lose the seat
GROUPS = 30  # shown to an organiser at once
RETENTION = timedelta(days=14)


def taken(session: Session) -> "QuerySet[Role]":
    """The roles of the session's guests."""
    return Role.objects.filter(name=Role.Name.GUEST, scope=session.room_key)


def free_seat(session: Session) -> bool:
    """Free the seat of the earliest guest who is away; False when everybody is here."""
    here = UserSession.objects.filter(last_seen_at__gt=clock.now() - IDLE).values("user")
    away = taken(session).exclude(participant__in=here).order_by("participant__joined_at", "pk").first()
    if away is None:
        return False
    away.delete()
    return True


def arrived(session: Session, guest: Participant, place: str) -> None:
    """Store when and from which place a guest took a seat."""
    Arrival.objects.update_or_create(guest=guest, scope=session.room_key, defaults={"place": place, "at": clock.now()})


def groups(session: Session) -> list[dict[str, Any]]:
    """Counts of seated guests ("guests") by "place" and "minute" of arrival, the largest groups first."""
    seated = Arrival.objects.filter(scope=session.room_key, guest__in=taken(session).values("participant"))
    minutes = seated.annotate(minute=Trunc("at", "minute")).values("place", "minute")
    return [dict(group) for group in minutes.annotate(guests=Count("pk")).order_by("-guests", "minute")[:GROUPS]]


def remove(session: Session, by: Participant, place: str, minute: datetime) -> int:
    """Remove the guests who came from a place within one minute. Gives back how many. Their sockets close."""
    came = Arrival.objects.filter(
        scope=session.room_key, place=place, at__gte=minute, at__lt=minute + timedelta(minutes=1)
    )
    with transaction.atomic():
        removed = release(session, taken(session).filter(participant__in=came.values("guest")))
        audit.record(by, "hall.remove", session.room_key, guests=removed)
    return removed


def release(session: Session, seats: "QuerySet[Role]") -> int:
    """Delete these roles of guests; gives back how many. The room's sockets are checked within a second."""
    released: int = seats._raw_delete(seats.db)  # one statement: no signal, so no event, for each of thousands
    recheck_room(session.room_key)
    return released


def purge() -> None:
    """Delete arrivals that are older than RETENTION."""
    Arrival.objects.filter(at__lt=clock.now() - RETENTION).delete()


def here(session_keys: Iterable[str]) -> None:
    """Note that the devices with these sessions have a socket now."""
    UserSession.objects.filter(session_key__in=list(session_keys)).update(last_seen_at=clock.now())
