"""What comes up the sockets in batches: nobody's write costs another's, and every one gets its reply."""

import asyncio
import json

import pytest
from django.db import OperationalError

from common.registry import registry
from live.viewer import Viewer
from live.wire import payloads
from live.writes import Reply, WriteFrame
from tests.live.client import Client
from tests.live.test_hub import ROOM, running, until
from tests.live.test_socket import place, room  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
calls = []


def receive(writes):
    """A feature whose batch fails by one of its writes, as by what the database does not take."""
    calls.append([write.data for write in writes])
    if "away" in calls[-1]:
        raise OperationalError("the database is away")
    if "bad" in calls[-1]:
        raise ValueError("bad")
    return [Reply(200) for _ in writes]


@pytest.mark.parametrize(
    ("datas", "statuses", "batches"),
    [
        (["a", "bad", "b"], [200, 503, 200], [["a", "bad", "b"], ["a"], ["bad"], ["b"]]),
        (["a", "away", "b"], [503, 503, 503], [["a", "away", "b"]]),
        (["a", "b"], [200, 200], [["a", "b"]]),
    ],
)
async def test_each_has_its_own_reply(monkeypatch, datas, statuses, batches):
    monkeypatch.setitem(registry.writes, "tests.write", receive)
    calls.clear()
    async with running() as (the_hub, connection, _):
        connection.viewers[ROOM] = Viewer("attendee", 1)
        for at, data in enumerate(datas):
            the_hub.writes.take(connection, WriteFrame("tests.write", str(at), data))

        def replies():
            frames = [json.loads(text) for text in payloads(connection.wire.data)]
            return [(frame["id"], frame["status"]) for frame in frames if frame["t"] == "reply"]

        await until(lambda: len(replies()) == len(datas))
        assert replies() == [(str(at), status) for at, status in enumerate(statuses)]
        assert calls == batches


async def test_half_characters_of_one_take_nothing_from_the_others(stack, place, room):  # noqa: F811
    port = stack.servers[0].port
    async with Client(port, place["cookies"]["attendee"]) as rude, Client(port, place["cookies"]["moderator"]) as other:
        await rude.join(**{room: 0})
        await other.join(**{room: 0})
        pk, uuid = int(room.partition(":")[2]), "a0a0a0a0-0000-4000-8000-00000000000%d"
        for at in range(3):
            data = json.dumps({"session": pk, "text": "x\ud800", "client_id": uuid % at})
            await rude.socket.send(f'{{"say": "chat.message", "id": "{at}\\udfff", "data": {data}}}')
        said = {"session": pk, "text": "Fine", "client_id": uuid % 9}
        replies = await asyncio.gather(other.say("chat.message", said))
        assert [reply["status"] for reply in replies] == [200]
        await rude.until(lambda: len([frame for frame in rude.frames if frame["t"] == "reply"]) == 3)
        assert {frame["status"] for frame in rude.frames if frame["t"] == "reply"} == {200}
        await other.until(lambda: other.texts(room).count("x\ufffd") == 3)
