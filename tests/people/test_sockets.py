"""The permission matrix over the websocket: what each role may follow, is shown, and may say."""

import json
import uuid

import pytest
from django.conf import settings

from people.permissions import RULES
from tests.live.client import Client
from tests.live.test_socket import in_thread
from tests.people.test_permissions import HELD, ROLES

OPENED = """
from sessions.models import Session
from tests.polls.conftest import opened
poll = opened(Session.objects.get(pk=session))
result = {"poll": poll.pk, "option": poll.options.first().pk}
"""
APPEND = """
from django.db import transaction
from live.models import append
for audience in ["everyone", "speakers", "staff"]:
    with transaction.atomic():
        append(room, "chat.removed", {"id": audience}, audience=audience)
"""


@pytest.fixture(scope="module")
def place(stack):
    made = stack.call("from tests import world\nresult = world.build()")
    return made | stack.call(OPENED, session=made["session"])


def shown(role):
    held = HELD[role]
    staff = bool(held & {"moderator", "organiser"})
    return {"everyone"} | ({"speakers"} if staff or "speaker" in held else set()) | ({"staff"} if staff else set())


def sayings(place):
    """Kind -> (action, data that it accepts)."""
    ballot = {"poll": place["poll"], "fields": {"option": [str(place["option"])]}}
    message = {"session": place["session"], "text": "Hello", "client_id": str(uuid.uuid4())}
    return {"polls.ballot": ("polls.vote", ballot), "chat.message": ("chat.send", message)}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_what_a_role_may_follow_and_say(stack, place, role):
    room = f"session:{place['session']}"
    async with Client(stack.servers[0].port, place["cookies"].get(role, "")) as client:
        if not HELD[role] & RULES["session.follow"]:
            await client.socket.send(json.dumps({"join": {room: 0}}))
            await client.until(lambda: client.code is not None)
            assert client.code == 4403
            return
        await client.join(**{room: 0})
        before = len(client.events(room))
        await in_thread(stack.call, APPEND, room=room)
        expected = len(shown(role))
        await client.until(lambda: len(client.events(room)) >= before + expected)
        told = {name for name in ("everyone", "speakers", "staff") if name in str(client.events(room)[before:])}
        assert told == shown(role)
        for kind, (action, data) in sayings(place).items():
            reply = await client.say(kind, data)
            assert (reply["status"] == 200) == bool(HELD[role] & RULES[action]), (kind, reply)


def test_no_saying_is_outside_the_matrix():
    assert set(sayings({"poll": 1, "option": 1, "session": 1})) == set(settings.LIVE_UPSTREAM)
