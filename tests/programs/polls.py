"""Polls as tests need them, what was counted, and writes that wait for each other."""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction

from live.commit import queue_of
from people.models import Participant
from polls.answers import sent_of
from polls.ballots import Vote, cast_all, cast_together
from polls.models import Ballot, Mark, Poll
from polls.prepare import Choice, from_template, save
from polls.state import open_now, step
from polls.tally import tally
from sessions.models import Session
from tests import world

PREPARED: list[tuple[dict[str, Any], list[str]]] = [  # fields, options: one of each type
    ({"type": "single", "question": "Trams or bicycles?", "results": "revealed"}, ["Trams", "Bicycles"]),
    ({"type": "ranking", "question": "Which first?", "results": "voted"}, ["Trees", "Water", "Light"]),
    ({"type": "words", "question": "In one word?", "results": "live", "max_choices": 2}, []),
    ({"type": "text", "question": "And on Monday?", "results": "live"}, []),
    (
        {"type": "quiz", "question": "How many trams?", "results": "closed", "anonymous": False}
        | {"may_change": False, "duration": 5},
        ["Forty", "Four hundred"],
    ),
    ({"type": "multiple", "question": "Which two?", "max_choices": 2, "anonymous": False}, ["A", "B", "C"]),
    ({"type": "rating", "question": "How was it?", "highest": 5, "low_label": "Poor", "high_label": "Great"}, []),
    ({"type": "number", "question": "How many?", "target": 7, "highest": 10}, []),
]


def _session(pk: int) -> Session:
    return Session.objects.select_related("edition").get(pk=pk)


def prepared() -> dict[str, Any]:
    """The test congress with a poll of each type ("polls": ids) and three attendees, "phone1" to "phone3"."""
    made = world.build()
    session = _session(made["session"])
    for number in (1, 2, 3):
        who = world.participant(f"phone{number}-{uuid.uuid4().hex}", "attendee", session.edition, session)
        made["cookies"][f"phone{number}"] = world.cookie(who)
    made["polls"] = []
    for fields, options in PREPARED:
        poll = save(session, dict(fields), [Choice(text, text == "Forty") for text in options])
        step(poll.pk, "schedule")
        made["polls"].append(poll.pk)
    return made


def crowded(count: int) -> dict[str, Any]:
    """The test congress and `count` more attendees: "crowd" are their cookies, "keys" their ids."""
    made = world.build()
    session, mark = _session(made["session"]), uuid.uuid4().hex
    people = [world.participant(f"v{n}-{mark}", "attendee", session.edition, session) for n in range(count)]
    return made | {"crowd": [world.cookie(who) for who in people], "keys": [who.pk for who in people]}


def open_one(session: int, fields: dict[str, Any]) -> dict[str, Any]:
    """A poll with four options, alone open in its session: ids, version and room."""
    for poll in Poll.objects.filter(session=session, state="open"):
        step(poll.pk, "close")
    fields = {"type": "single", "question": "Canary", **fields}
    poll = open_now(save(_session(session), fields, [Choice(text) for text in "ABCD"]).pk)
    options = [str(option.pk) for option in poll.options.all()]
    assert poll.round
    return {"pk": poll.pk, "options": options, "version": poll.version, "room": poll.round.room_key}


def open_text(session: int, question: str) -> int:
    """An open poll that asks for words."""
    return open_now(save(_session(session), {"type": "text", "question": question}, []).pk).pk


def open_for_a_minute() -> dict[str, Any]:
    """The test congress with an open poll that closes by itself: its id is "poll", the session's room "room"."""
    made = world.build()
    session = _session(made["session"])
    fields = {"type": "single", "question": "Why?", "duration": 60, "results": "live"}
    poll = open_now(save(session, fields, [Choice("A"), Choice("B")]).pk)
    return made | {"poll": poll.pk, "room": session.room_key}


def state_of(poll: int) -> str:
    """Whether a poll is open, or what else."""
    return Poll.objects.get(pk=poll).state


def open_yes_no(session: int) -> None:
    """An open poll made from a template."""
    open_now(from_template(Session.objects.get(pk=session), "yes_no").pk)


def reword(poll: int, question: str) -> None:
    """Change the question of a poll."""
    found = Poll.objects.get(pk=poll)
    save(found.session, {"question": question}, [], found.pk)


def close(poll: int) -> None:
    """Close a poll."""
    step(poll, "close")


def close_all() -> None:
    """Close what is open."""
    for poll in Poll.objects.filter(state="open"):
        step(poll.pk, "close")


def counted(poll: int) -> dict[str, Any]:
    """What is stored of a poll, what its tally says, and whether the two are equal."""
    found = Poll.objects.get(pk=poll)
    result = tally(found, found.rounds.last())
    marks = Counter(Mark.objects.filter(ballot__round__poll=found).values_list("option", flat=True))
    return {
        "ballots": Ballot.objects.filter(round__poll=found).count(),
        "tally": result["ballots"],
        "equal": all(marks.get(row["id"], 0) == row["count"] for row in result["rows"]),
        "marks": sum(marks.values()),
    }


def cross(poll: int, people: list[int], option: str) -> list[str]:
    """Ballots of two people, over the link in one order and by HTTP in the other; the errors of the database."""
    found = Poll.objects.get(pk=poll)
    low, high = Participant.objects.filter(pk__in=people).order_by("pk")
    sent, failed, queue = sent_of({"option": [option]}), [], queue_of("ballots")

    def by_http(who: Participant) -> None:
        try:
            cast_together([Vote(who.pk, found.pk, sent)])
        except OperationalError as error:
            failed.append(str(error))
        finally:
            connection.close()

    queue.taken, threads = True, []
    for who in (high, low):
        threads.append(threading.Thread(target=by_http, args=(who,)))
        threads[-1].start()
        while len(queue.waiting) < len(threads):
            time.sleep(0.01)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL deadlock_timeout = '50ms'")
            cast_all([Vote(low.pk, found.pk, sent)])
            queue.pass_on()
            time.sleep(0.5)
            cast_all([Vote(high.pk, found.pk, sent)])
    except OperationalError as error:
        failed.append(str(error))
    for thread in threads:
        thread.join()
    return failed


def overlap(who: int, poll: int, option: str, first: str, second: str) -> dict[str, Any]:
    """A ballot ("cast") and the closing ("close"), the second begun a second before the first commits.

    Seconds that the second has waited, and the words of the ballot's refusal.
    """
    vote, begun = Vote(who, poll, {"option": [option]}), threading.Event()
    operations: dict[str, Callable[[], object]] = {
        "cast": lambda: cast_all([vote]),
        "close": lambda: step(poll, "close"),
    }

    def hold() -> None:
        with transaction.atomic():
            operations[first]()
            begun.set()
            time.sleep(1)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait()
    since = time.monotonic()
    operations[second]()
    waited = time.monotonic() - since
    thread.join()
    return {"waited": waited, "refused": str(vote.refused or "")}


def draft(session: int, question: str) -> int:
    """A draft of that question, with two options."""
    return save(_session(session), {"type": "single", "question": question}, [Choice("Yes"), Choice("No")]).pk


def states(session: int) -> dict[str, str]:
    """Id -> state of a session's polls."""
    rows = Poll.objects.filter(session=session).order_by("pk").values_list("pk", "state")
    return {str(pk): state for pk, state in rows}
