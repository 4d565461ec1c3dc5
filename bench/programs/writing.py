"""What writes while others follow."""

import threading
import time
import uuid
from typing import Any

from django.db import connection, transaction

from chat.models import Message
from live import commit
from live.log import append
from people.models import Participant
from registration import decisions
from sessions.models import Session

TALK = "Where we live the buses come every ten minutes, and still nobody waits for them"


def ban(session: int, people: list[int]) -> dict[str, float]:
    """Ban one after the other from the session's edition: when (time.time) each ban was committed, by id."""
    edition = Session.objects.get(pk=session).edition
    by = Participant.objects.filter(roles__name="organiser", roles__scope=f"edition:{edition.pk}").first()
    assert by
    moments = {}
    for pk in people:
        decisions.ban(edition, Participant.objects.get(pk=pk), "Shouting", None, by)
        moments[str(pk)] = time.time()
        time.sleep(0.2)
    return moments


def publish(room: str, seconds: float, each: int, size: int) -> int:
    """Publish `each` events of `size` bytes a second for so long, each with the moment in it: how many they were."""
    began, number = time.monotonic(), 0
    while (now := time.monotonic()) - began < seconds:
        while number < (now - began) * each:
            number += 1
            with transaction.atomic():
                append(room, "bench.fragment", {"text": f"@{time.time():.6f}@" + "x" * size})
        time.sleep(0.002)
    return number


def send(session: int, people: list[int], together: int, text: str, seconds: float) -> dict[str, Any]:
    """Each of these people sends messages from a thread, at most `together` in a transaction.

    "took" are the seconds of each message, "cpu" the cores that were used.
    """
    commit.TOGETHER = together
    took: list[float] = []
    start = threading.Barrier(len(people))

    def write(pk: int) -> None:
        who = Participant.objects.get(pk=pk)
        found = Session.objects.select_related("edition").get(pk=session)
        connection.close()
        start.wait()
        mine, until = [], time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            Message.send(found, who, text, uuid.uuid4())
            connection.close()  # into the pool, as at the end of a request
            mine.append(time.perf_counter() - began)
        connection.close()
        took.extend(mine)

    threads = [threading.Thread(target=write, args=(pk,)) for pk in people]
    used = time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"took": took, "cpu": (time.process_time() - used) / seconds}


def talk(session: int, people: list[int], count: int, rate: float) -> str:
    """So many messages of these people in turn, so many a second; the id of the last one."""
    found, authors = Session.objects.select_related("edition").get(pk=session), Participant.objects.in_bulk(people)
    begin, pk = time.monotonic(), uuid.uuid4()
    for number in range(count):
        time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        pk = uuid.uuid4()
        Message.send(found, authors[people[number % len(people)]], f"{TALK} ({number})", pk)
    return str(pk)
