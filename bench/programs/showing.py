"""A congress of forty stages that runs, and what is pressed and published in it."""

import time
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction

from agenda.models import Saved
from bench.programs.filling import attendees
from common import clock
from notices.models import Notice
from people.models import Participant, Role
from scheduler.models import Job
from sessions import status
from sessions.models import Edition, Session, Stage, StatusChange
from show import address, ripple, running
from show.models import StageShow
from tests import world

MINUTES = 45  # of a session
LATE = 12  # minutes by which the stage of the ripple is late


def stages(session: int, count: int, each: int) -> dict[str, Any]:
    """So many stages with so many sessions each in the edition of a session; of every fourth stage one is on air."""
    edition = Edition.objects.get(sessions=session)
    by = _organiser(edition)
    shows = [_stage(edition, number, each, by) for number in range(count)]
    live = Session.objects.filter(edition=edition, status="live").order_by("pk")
    first = live.select_related("stage").first()
    assert first
    show = StageShow.of(first.stage_id)
    return {
        "slug": edition.slug,
        "control": show.room_key,
        "organiser": world.cookie(by),
        "pressed": first.pk,
        "monitor": address.stage_path(show, "monitor"),
        "stage_room": address.stage_room(show),
        "monitor_room": address.monitor_room(show),
        "sessions": sum(shows),
    }


def _organiser(edition: Edition) -> Participant:
    found = Role.objects.filter(name="organiser", scope=edition.room_key).select_related("participant").first()
    assert found
    return found.participant


def _stage(edition: Edition, number: int, each: int, by: Participant) -> int:
    stage = Stage.objects.create(edition=edition, host_city=edition.host_city, name=f"Stage {number}", position=number)
    begin = clock.now() - timedelta(minutes=10)
    talks = [
        Session(
            edition=edition,
            stage=stage,
            guid=f"{number}-{at}",
            title=f"Talk {at} of stage {number}",
            start=begin + timedelta(minutes=MINUTES * at),
            end=begin + timedelta(minutes=MINUTES * (at + 1)),
        )
        for at in range(each)
    ]
    talks = Session.objects.bulk_create(talks)
    if number % 4 == 0:
        for action in ("prepare", "go_live"):
            status.step(talks[0].pk, action, by)
    return len(talks)


def press(session: int, seconds: float, every: float) -> list[float]:
    """Give and take a minute again and again: when (time.time) each press began."""
    found = Session.objects.select_related("edition", "stage").get(pk=session)
    by, moments, until = _organiser(found.edition), list[float](), time.monotonic() + seconds
    while time.monotonic() < until:
        moments.append(time.time())
        running.extend(found, 1 if len(moments) % 2 else -1, by)
        time.sleep(max(0.0, every - (time.time() - moments[-1])))
    return moments


def ripples(session: int, sessions: int, times: int) -> list[float]:
    """Seconds in which so many sessions of a late stage are delayed together, again and again."""
    edition = Edition.objects.get(sessions=session)
    by = _organiser(edition)
    stage = Stage.objects.create(edition=edition, host_city=edition.host_city, name="Ripple", position=99)
    _stage_of_ripple(edition, stage, sessions, by)
    took: list[float] = []
    for _ in range(times):
        made = ripple.current(stage)
        assert made and len(made.moves) == sessions
        began = time.perf_counter()
        with transaction.atomic():
            transaction.on_commit(partial(_note, took, began))  # the first after it
            published = ripple.publish(stage, by, sessions=sessions, minutes=made.most)
        ripple.take_back(published, by)
    return took


def _note(took: list[float], began: float) -> None:
    took.append(time.perf_counter() - began)


def _stage_of_ripple(edition: Edition, stage: Stage, sessions: int, by: Participant) -> None:
    begin = clock.now() - timedelta(minutes=20)
    talks = Session.objects.bulk_create(
        Session(
            edition=edition,
            stage=stage,
            guid=f"r{at}",
            title=f"Short {at}",
            start=begin + timedelta(minutes=15 * at),
            end=begin + timedelta(minutes=15 * (at + 1)),
        )
        for at in range(3, sessions + 4)
    )
    Session.objects.filter(pk=talks[0].pk).update(start=begin, end=begin + timedelta(minutes=60))
    for action in ("prepare", "go_live"):
        status.step(talks[0].pk, action, by)
    began = begin + timedelta(minutes=LATE)
    StatusChange.objects.filter(session=talks[0], action="go_live").update(at=began)


def savers(session: int, count: int) -> int:
    """Let so many people have a session among their own; how many they are."""
    found = Session.objects.select_related("edition").get(pk=session)
    people = attendees([f"saver{number}" for number in range(count)], found.edition_id)
    Saved.objects.bulk_create([Saved(participant=who, session=found) for who in people], batch_size=5000)
    return len(people)


def delay(session: int) -> float:
    """Delay a session by a quarter of an hour; when (time.time) that was committed."""
    found = Session.objects.select_related("edition").get(pk=session)
    status.step(session, "delay", _organiser(found.edition), new_start=found.begins + timedelta(minutes=15))
    return time.time()


def told(session: int) -> dict[str, int]:
    """How many notices of a session are written, and sent, and how many jobs of sending are left."""
    notices = Notice.objects.filter(session=session)
    sent = notices.exclude(sent_at=None).count()
    left = Job.objects.filter(kind__startswith="notices.", key="").count()
    return {"written": notices.count(), "sent": sent, "left": left}
