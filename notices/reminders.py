"""Reminders: who has a session in their agenda is told so many minutes before it begins, once for each start."""

from datetime import timedelta
from typing import Any

from django.db.models.functions import Coalesce

from common import clock
from common.contract import Again
from notices.changes import AT_ONCE, holders_of, send
from notices.models import Kind, Notice, Wishes
from sessions.changes import place_of
from sessions.models import BEFORE, Session

EVERY = 20  # seconds
DEFAULT = 10  # minutes


def remind(data: dict[str, Any]) -> Again | None:
    """The job: remind of what begins soon, a transaction for so many people at a time."""
    now = clock.now()
    longest = max(minutes for minutes, _label in Wishes.MINUTES)
    starts = Coalesce("delayed_start", "start")
    soon = Session.objects.filter(status__in=BEFORE).annotate(begin=starts).order_by("begin", "pk")
    soon = soon.filter(begin__gt=now, begin__lte=now + timedelta(minutes=longest)).select_related("edition")
    left = AT_ONCE
    for session in soon:
        left -= _remind(session, left)
        if left <= 0:
            return Again(now, data)
    return None


def _remind(session: Session, most: int) -> int:
    """Write reminders of a session to those who wish one by now and have none; how many."""
    now = clock.now()
    people = holders_of([session.pk])[session.pk]
    wishes = dict(Wishes.objects.filter(participant__in=people).values_list("participant", "minutes"))
    reminded = Notice.objects.filter(session=session, begins=session.begins).values_list("participant", flat=True)
    left = (session.begins - now) / timedelta(minutes=1)
    due = sorted(pk for pk in people - set(reminded) if left <= wishes.get(pk, DEFAULT))[:most]
    if due:
        fields = {"session": session, "kind": Kind.REMINDER, "after": place_of(session), "begins": session.begins}
        rows = [Notice(participant_id=pk, at=now, seen_at=now, **fields) for pk in due]
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
        send(due, now.isoformat())
    return len(due)
