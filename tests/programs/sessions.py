"""The programme: sessions as tests need them, and status steps beside each other."""

import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from live.models import Event
from live.revocations import recheck_room
from people.models import Participant
from sessions import access, status
from sessions.models import Edition, Session, Speaker, Stage
from sessions.status import step, undo
from tests import world

PATIENCE = 20.0  # seconds


def talk(edition: int, stage: int) -> int:
    """A session of a test's own."""
    return world.talk(Edition.objects.get(pk=edition), Stage.objects.get(pk=stage), "Own").pk


def long_title() -> dict[str, Any]:
    """The test congress, its session with a stream and a title that no line of a phone holds."""
    made = world.build()
    title = "A title that is far too long for one line of a phone"
    Session.objects.filter(pk=made["session"]).update(title=title, stream="/static/demo/city.webm")
    return made


def take_step(session: int, action: str, values: dict[str, Any]) -> None:
    """A step of a session's status; `values` are its own, with "delay" in minutes instead of a new start."""
    minutes = values.pop("delay", None)
    if minutes:
        values["new_start"] = Session.objects.get(pk=session).start + timedelta(minutes=minutes)
    status.step(session, action, Participant.objects.order_by("pk")[0], **values)


def end_soon(session: int) -> None:
    """A live session whose time is over in four seconds."""
    now = timezone.now()
    start, end = now - timedelta(hours=1), now + timedelta(seconds=4)
    Session.objects.filter(pk=session).update(status="live", start=start, end=end)


def add_speakers(session: int) -> None:
    """Three speakers; the first has a long position."""
    found = Session.objects.get(pk=session)
    for number, role in enumerate(["Director of everything that can be measured in a city", "Mayor", "Mayor"]):
        name, guid = f"Speaker {number}", f"close-{number}"
        speaker = Speaker.objects.create(edition=found.edition, guid=guid, name=name, role=role, city="A")
        found.speakers.add(speaker)


def close(session: int) -> None:
    """From now on only for those who are invited."""
    found = Session.objects.get(pk=session)
    found.visibility = "invited"
    found.save()
    recheck_room(found.room_key)


def set_visibility(session: int, visibility: str) -> None:
    """Change it without telling anybody: only the sweep finds it."""
    Session.objects.filter(pk=session).update(visibility=visibility)


def retitle_silently(session: int, title: str) -> None:
    """Change a session's title, of which no room tells."""
    Session.objects.filter(pk=session).update(title=title)


def pause_and_resume(session: int, other: int, by: int, reason: str) -> None:
    """Pause a session with a reason, resume it, and prepare another one."""
    organiser = Participant.objects.get(pk=by)
    step(session, "pause", organiser, reason=reason)
    step(session, "resume", organiser)
    step(other, "prepare", organiser, reason="end")


def step_and_undo(session: int, who: int) -> None:
    """Many steps and their undoing, at the end the session is live."""
    by = Participant.objects.get(pk=who)
    for _ in range(25):
        step(session, "prepare", by)
        step(session, "go_live", by)
        undo(session, by)
        undo(session, by)
    step(session, "prepare", by)
    step(session, "go_live", by)


def locks(session: int, by: int) -> list[list[str]]:
    """The tables whose rows a step locks, and its undoing, in order. Only PostgreSQL tells."""
    Session.objects.filter(pk=session).update(status="scheduled")
    who = Participant.objects.get(pk=by)
    found = []
    for operation in (lambda: step(session, "prepare", who), lambda: undo(session, who)):
        with CaptureQueriesContext(connection) as queries:
            operation()
        tables = [re.search(r'FROM "(\w+)".*FOR NO KEY UPDATE', query["sql"]) for query in queries]
        found.append([table[1] for table in tables if table and table[1].startswith("congress_")])
    return found


def status_of(session: int) -> str:
    """A session's status."""
    return Session.objects.get(pk=session).status


def beside(first: Callable[[], object], second: Callable[[], object]) -> None:
    """One step that commits only when another thread waits for it."""

    def other() -> None:
        second()
        connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        first()
        thread.start()
        deadline = time.monotonic() + PATIENCE
        while not _somebody_waits() and time.monotonic() < deadline:
            time.sleep(0.02)
    thread.join()


def _somebody_waits() -> bool:
    if connection.vendor == "sqlite":  # it has nobody to ask: the second begins no transaction before the first ends
        time.sleep(0.5)
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname = current_database() FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return (True,) in cursor.fetchall()


def go_live_together(sessions: list[int], who: int) -> list[int]:
    """Two sessions go live beside each other: those that are live by the last word on the world."""
    by = _starting(who)
    beside(lambda: step(sessions[0], "go_live", by), lambda: step(sessions[1], "go_live", by))
    told = Event.objects.filter(kind="sessions.on_air").order_by("-seq").first()
    assert told
    return sorted(item["id"] for city in told.data["cities"] for item in city["sessions"])


def close_beside(sessions: list[int], who: int, closing_first: bool) -> list[int]:
    """The first session closes while the second goes live: the events that tell others than staff of the first."""
    by = _starting(who)
    Session.objects.filter(pk=sessions[0]).update(title="CANARY", status="live")

    def shut() -> None:
        access.change(sessions[0], access.Settings("invited"), by)

    def go_live() -> None:
        step(sessions[1], "go_live", by)

    beside(*((shut, go_live) if closing_first else (go_live, shut)))
    told = Event.objects.filter(kind="sessions.on_air").exclude(audience="staff")
    return [event.seq for event in told if "CANARY" in str(event.data)]


def _starting(who: int) -> Participant:
    """All sessions are about to start and open to everybody; the participant who takes the steps."""
    Session.objects.update(status="starting", visibility="public")
    return Participant.objects.get(pk=who)
