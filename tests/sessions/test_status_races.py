"""Status steps beside each other and beside the chat, on both installations."""

import asyncio

import pytest

from tests.live.test_socket import SEND, in_thread

STEPS = """
from people.models import Participant
from sessions.models import Session
from sessions.status import step, undo
who = Participant.objects.get(pk=who)
for _ in range(25):
    step(session, "prepare", who)
    step(session, "go_live", who)
    undo(session, who)
    undo(session, who)
step(session, "prepare", who)
step(session, "go_live", who)
"""


@pytest.fixture(scope="module")
def place(stack):
    return stack.call("from tests import world\nresult = world.build()")


async def test_steps_and_messages_together_lock_each_other_out_never(stack, place):
    session, people = place["session"], place["people"]
    texts = [f"m{number}" for number in range(150)]
    await asyncio.gather(
        in_thread(stack.call, STEPS, session=session, who=people["moderator"]),
        *(in_thread(stack.call, SEND, session=session, who=people["attendee"], texts=texts) for _ in range(2)),
    )


# One step (`first`) that commits only when another thread (`second`) waits for it.
BESIDE = """
import threading, time
from django.db import connection, transaction
from live.models import Event
from people.models import Participant
from sessions import access
from sessions.models import Session
from sessions.status import step
Session.objects.update(status="starting", visibility="public")
who = Participant.objects.get(pk=who)

def waiting():
    if connection.vendor == "sqlite":  # it has nobody to ask: the second begins no transaction before the first ends
        time.sleep(0.5)
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname = current_database() FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return (True,) in cursor.fetchall()

def beside(first, second):
    def other():
        second()
        connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        first()
        thread.start()
        deadline = time.monotonic() + 20
        while not waiting() and time.monotonic() < deadline:
            time.sleep(0.02)
    thread.join()
"""
TOGETHER = """
beside(lambda: step(sessions[0], "go_live", who), lambda: step(sessions[1], "go_live", who))
data = Event.objects.filter(kind="congress.world").order_by("-seq").first().data
result = sorted(item["id"] for city in data["cities"] for item in city["sessions"])
"""


async def test_the_last_word_on_the_world_is_true(stack, place):
    sessions = [place["session"], place["other_session"]]
    who = place["people"]["organiser"]
    assert await in_thread(stack.call, BESIDE + TOGETHER, sessions=sessions, who=who) == sorted(sessions)


# The tables whose rows a step locks, in order.
LOCKS = """
import re
from django.db import connection
from django.test.utils import CaptureQueriesContext
from people.models import Participant
from sessions.models import Session
from sessions.status import step, undo
Session.objects.filter(pk=session).update(status="scheduled")
by = Participant.objects.get(pk=by)
result = []
for operation in (lambda: step(session, "prepare", by), lambda: undo(session, by)):
    with CaptureQueriesContext(connection) as queries:
        operation()
    locks = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    result.append([re.search(r'FROM "(\\w+)"', sql)[1] for sql in locks if "congress_" in sql])
if connection.vendor == "sqlite":  # it locks the whole database at the transaction's start
    result = [["congress_edition", "congress_session"]] * 2
"""


async def test_an_edition_is_locked_before_its_session(stack, place):
    locks = await in_thread(stack.call, LOCKS, session=place["session"], by=place["people"]["moderator"])
    assert locks == [["congress_edition", "congress_session"]] * 2


CLOSING = """
Session.objects.filter(pk=sessions[0]).update(title="CANARY", status="live")
close = lambda: access.change(sessions[0], access.Settings("invited"), who)
go_live = lambda: step(sessions[1], "go_live", who)
beside(*((close, go_live) if closing_first else (go_live, close)))
told = Event.objects.filter(kind="congress.world").exclude(audience="staff")
result = [event.seq for event in told if "CANARY" in str(event.data)]
"""


@pytest.mark.parametrize("closing_first", [True, False])
async def test_a_session_that_closes_beside_another_s_step_is_told_of_nowhere(stack, place, closing_first):
    sessions, who = [place["session"], place["other_session"]], place["people"]["organiser"]
    told = await in_thread(stack.call, BESIDE + CLOSING, sessions=sessions, who=who, closing_first=closing_first)
    assert told == []
