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


TOGETHER = """
import threading, time
from django.db import connection, transaction
from live.models import Event
from people.models import Participant
from sessions.models import Session
from sessions.status import step
Session.objects.update(status="starting")
who = Participant.objects.get(pk=who)

def second():
    step(sessions[1], "go_live", who)
    connection.close()

def waiting():
    if connection.vendor == "sqlite":  # it has nobody to ask: the second begins no transaction before the first ends
        time.sleep(0.5)
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname = current_database() FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return (True,) in cursor.fetchall()

thread = threading.Thread(target=second)
with transaction.atomic():
    step(sessions[0], "go_live", who)
    thread.start()
    deadline = time.monotonic() + 20
    while not waiting() and time.monotonic() < deadline:
        time.sleep(0.02)
thread.join()
data = Event.objects.filter(kind="congress.world").order_by("-seq").first().data
result = sorted(item["id"] for city in data["cities"] for item in city["sessions"])
"""


async def test_the_last_word_on_the_world_is_true(stack, place):
    sessions = [place["session"], place["other_session"]]
    who = place["people"]["organiser"]
    assert await in_thread(stack.call, TOGETHER, sessions=sessions, who=who) == sorted(sessions)
