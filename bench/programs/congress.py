"""A large congress, and what each of its pages costs."""

import io
import re
import time
import uuid
from datetime import timedelta
from statistics import median
from typing import Any

import brotli  # type: ignore[import-untyped]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.programs import halls
from bench.programs.filling import WORDS, asked, attendees
from chat.models import Message
from hybrid import collector
from hybrid.asked import Asked
from hybrid.handler import ThreadedHandler
from people.cohorts import cohort_of
from people.models import Participant, Registration
from sessions.models import Edition, Session, Speaker, Stage
from show import address
from show.models import Show
from tests import world

STAGES, DAYS, RUNS = 40, 4, 9


def filled(sessions: int, questions: int, people: int, messages: int, exhibitors: int) -> dict[str, Any]:
    """A congress of that size: a session with all the questions and messages, cookies of those who ask."""
    made = world.build()
    edition = Edition.objects.get(pk=made["edition"])
    stages = [Stage.objects.get(pk=made["stage"])]
    stages += [
        Stage.objects.create(edition=edition, host_city=stages[0].host_city, name=f"Stage {number}")
        for number in range(2, STAGES + 1)
    ]
    crowd = attendees([f"person{number}" for number in range(people)], edition.pk)
    Registration.objects.bulk_create(
        [
            Registration(participant=who, scope=f"edition:{edition.pk}", pass_type="online", ticket=f"T{who.pk}")
            for who in crowd
        ]
    )
    _programme(edition, stages, sessions)
    keynote = Session.objects.get(pk=made["session"])
    Session.objects.filter(pk=keynote.pk).update(status="live")
    asked(keynote, crowd[:2000], questions, questions * 10)
    _said(keynote, crowd[:500], messages)
    first = halls.exhibition(edition, exhibitors)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cookies = {role: made["cookies"][role] for role in ("organiser", "moderator", "speaker")}
    return {
        "slug": edition.slug,
        "session": keynote.pk,
        "exhibitor": first.pk,
        "screen": address.path(Show.of(keynote)),
        "cookies": cookies | {"attendee": world.cookie(crowd[0])},
    }


def _programme(edition: Edition, stages: list[Stage], count: int) -> None:
    """Sessions of 45 minutes, one after the other on each stage, with two speakers each."""
    first = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    speakers = Speaker.objects.bulk_create(
        [Speaker(edition=edition, guid=f"b{number}", name=f"Speaker {number}") for number in range(count // 2)]
    )
    a_day = count // DAYS // len(stages) + 1
    made = []
    for number in range(count):
        turn, stage = divmod(number, len(stages))
        day, hour = divmod(turn, a_day)
        start = first + timedelta(days=day, minutes=60 * hour)
        made.append(
            Session(
                edition=edition,
                guid=uuid.uuid4().hex,
                title=f"{WORDS[number % 15]} and {WORDS[number % 7]}, part {number}".capitalize(),
                abstract=f"What {WORDS[number % 11]} means for {WORDS[number % 13]}. " * 8,
                stage=stages[stage],
                start=start,
                end=start + timedelta(minutes=45),
            )
        )
    Session.objects.bulk_create(made)
    through = Session.speakers.through
    pairs = [(session.pk, speakers[at * 2 % len(speakers)].pk) for at, session in enumerate(made)]
    pairs += [(session.pk, speakers[(at * 2 + 1) % len(speakers)].pk) for at, session in enumerate(made)]
    through.objects.bulk_create([through(session_id=session, speaker_id=speaker) for session, speaker in pairs])
    edition.start_date, edition.end_date = first.date(), (first + timedelta(days=DAYS - 1)).date()
    edition.save()


def _said(session: Session, people: list[Participant], count: int) -> None:
    now = timezone.now()
    Message.objects.bulk_create(
        [
            Message(
                pk=uuid.uuid4(),
                session=session,
                seq=-number,
                participant=people[number % len(people)],
                text=f"About {WORDS[number % 15]} I think otherwise ({number})",
                sent_at=now - timedelta(seconds=number),
            )
            for number in range(count)
        ],
        batch_size=5000,
    )


def costs(pages: dict[str, list[str]], cookies: dict[str, str]) -> dict[str, dict[str, float]]:
    """Name -> queries, milliseconds of processor time (median), bytes, compressed bytes; each page drawn anew."""
    return {name: _cost(cookies.get(role, ""), path) for name, (role, path) in pages.items()}


def after_message(session: int, roles: list[str]) -> dict[str, dict[str, float]]:
    """Name -> as `costs`, of a session's page as it is drawn for all of a role whenever somebody has written there."""
    collector.settle()
    return {f"session, {role}, said": _told(Session.objects.get(pk=session), role) for role in roles}


def _told(session: Session, role: str) -> dict[str, float]:
    handler, took = ThreadedHandler(), []
    writer, *_others = Participant.objects.filter(messages__session=session)[:1]
    held = Participant.objects.filter(roles__name=role, roles__scope__in=session.scopes())[:1]
    cohort = cohort_of(held[0])
    path = session.get_absolute_url()
    scope: dict[str, Any] = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http"}
    scope |= {"root_path": "", "path": path, "raw_path": path.encode(), "query_string": b""}
    asked_for = Asked.by(scope, {b"host": b"localhost"}, {}).scope(scope, cohort)
    for _ in range(RUNS + 1):
        Message.send(session, writer, "And then?", uuid.uuid4())
        began = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            answer: Any = handler.respond(asked_for, io.BytesIO())
        took.append(1000 * (time.process_time() - began))
    assert answer.status_code == 200
    size, packed = len(answer.content), len(brotli.compress(answer.content, quality=5))
    return {"queries": len(queries), "ms": median(took[1:]), "bytes": size, "compressed": packed}


def _cost(key: str, path: str) -> dict[str, float]:
    client, took = Client(headers={"host": "localhost"}), []
    if key:
        client.cookies["sessionid"] = key
    address = path + ("&" if "?" in path else "?") + "whole=1"
    answer = client.get(address)
    collector.settle()  # as a serving process does
    assert answer.status_code == 200, (path, answer.status_code)
    for _ in range(RUNS):
        began = time.process_time()
        client.get(address)
        took.append(1000 * (time.process_time() - began))
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = [query for query in queries if not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT", query["sql"])]
    size, packed = len(answer.content), len(brotli.compress(answer.content, quality=5))
    return {"queries": len(asked), "ms": median(took), "bytes": size, "compressed": packed}
