"""The agenda as its browser story needs it: sessions moved, and time that has passed."""

from datetime import timedelta

from common import clock
from people.models import Participant
from scheduler import work
from scheduler.models import Job
from sessions import status
from sessions.models import Session


def delay(session: int, by: int, minutes: int) -> None:
    """Delay a session, and tell it at once."""
    found = Session.objects.get(pk=session)
    step_by = Participant.objects.get(pk=by)
    status.step(session, "delay", step_by, new_start=found.begins + timedelta(minutes=minutes))
    tell()


def take_back(session: int, by: int) -> None:
    """Undo the last step of a session, and tell it at once."""
    status.undo(session, Participant.objects.get(pk=by))
    tell()


def tell() -> None:
    """The half minute after a change has gone by."""
    Job.objects.filter(kind="notices.tell").update(due_at=clock.now())
    work.do_due()


def begin_in(session: int, minutes: int) -> None:
    """Let a session begin in so many minutes."""
    start = clock.now() + timedelta(minutes=minutes)
    Session.objects.filter(pk=session).update(start=start, end=start + timedelta(hours=1), delayed_start=None)
