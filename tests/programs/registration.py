"""The desk: people who come into a hall at the same time."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.db import connection
from django.utils import timezone

from people.models import EventCode, Participant, Role
from people.refusal import Refused
from registration import hall
from sessions.models import Session

EACH = 8  # of those who are known and of new ones


def race_into_hall(session: int, organiser: int, places: int) -> int:
    """Sixteen come at once by a code for so many guests: how many are in."""
    found = Session.objects.get(pk=session)
    code = hall.show(found, timezone.now() + timedelta(hours=1), Participant.objects.get(pk=organiser))
    EventCode.objects.filter(pk=code.pk).update(max_guests=places)
    code.refresh_from_db()
    known = [Participant.objects.create_user(f"k{n}@example.org", name="K") for n in range(EACH)]
    start = threading.Barrier(2 * EACH)

    def come(enter: Callable[[], object]) -> None:
        start.wait()
        with suppress(Refused):  # the hall is full
            enter()
        connection.close()

    entries: list[Callable[[], object]] = [partial(hall.admit, code, found, who) for who in known]
    entries += [partial(hall.join, code, found, f"G{n}") for n in range(EACH)]
    threads = [threading.Thread(target=come, args=[enter]) for enter in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Role.objects.filter(name="guest", scope=found.room_key).count()
