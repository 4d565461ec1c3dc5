"""The log in bounds: what a room in which nothing happens any more has told is forgotten.

Pages and exports never read the log. Who comes back with a cursor of before takes a fresh page, because the room goes
on in an epoch of its own (live/epochs.py): nobody can take silence for having missed nothing.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from common import clock
from live.epochs import START
from live.models import EPOCH, RESTORED, Event, Room, epoch_of
from live.revocations import REVOKED

SILENT_FOR = timedelta(days=30)
AT_ONCE = 10_000  # events that are deleted in one transaction


def fold_silent(_data: dict[str, Any]) -> None:
    """The job: forget the log of every room whose newest event is older than SILENT_FOR."""
    newest = Room.objects.exclude(key__in=[REVOKED, RESTORED]).annotate(last=Max("events__created_at"))
    silent = newest.filter(last__lt=clock.now() - SILENT_FOR).values_list("pk", flat=True)
    for pk in list(silent):
        while _forget_some(pk):
            pass


def _forget_some(room_id: int) -> bool:
    """Delete the oldest events of a room; False when it has none, or somebody has written there again meanwhile."""
    with transaction.atomic():
        room = Room.objects.select_for_update().get(pk=room_id)
        events = Event.objects.filter(room=room)
        if events.filter(created_at__gte=clock.now() - SILENT_FOR).exists():
            return False
        oldest = list(events.order_by("seq").values_list("pk", flat=True)[:AT_ONCE])
        if oldest:
            epoch = max(epoch_of(room.head) + 1, int(clock.timestamp()) - START)
            Room.objects.filter(pk=room_id).update(head=epoch * EPOCH + room.head % EPOCH)
            events.filter(pk__in=oldest).delete()
        return bool(oldest)
