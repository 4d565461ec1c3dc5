"""The engine's socket, on both installations: SQLite in one process; PostgreSQL, Redis and two processes."""

import asyncio
import json
import time
import uuid
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests import world
from tests.live.client import Client
from tests.programs import chat, live, sessions


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(world.build)


@pytest.fixture
def room(stack, place):
    """A session of its own for each test: its key."""
    pk = stack.call(sessions.talk, edition=place["edition"], stage=place["stage"])
    return f"session:{pk}"


def ports(stack):
    """The ports of the first and the last process (the same one when there is one)."""
    return stack.servers[0].port, stack.servers[-1].port


def send(stack, place, room, texts):
    stack.call(chat.send, session=int(room.split(":")[1]), who=place["people"]["attendee"], texts=texts)


async def in_thread(function, *args, **values):
    return await asyncio.to_thread(function, *args, **values)


async def test_messages_reach_every_process_in_order(stack, place, room):
    first, last = ports(stack)
    async with Client(first) as one, Client(last, place["cookies"]["attendee"]) as other:
        await one.join(**{room: 0})
        await other.join(**{room: 0})
        texts = [f"m{number}" for number in range(40)]
        await in_thread(send, stack, place, room, texts)
        for client in (one, other):
            await client.until(lambda client=client: len(client.seqs(room)) >= 40)
            assert client.seqs(room) == list(range(1, 41))
            assert client.texts(room) == texts


async def test_catch_up_sends_what_was_missed_once_and_in_order(stack, place, room):
    port, _ = ports(stack)
    await in_thread(send, stack, place, room, [f"m{number}" for number in range(30)])
    async with Client(port) as client:
        await client.join(**{room: 12})
        assert client.seqs(room) == list(range(13, 31))
        last = [frame for frame in client.frames if frame["t"] != "presence"][-1]
        assert last.items() >= {"t": "joined", "room": room, "seq": 30}.items()  # and the time, once known


async def test_joining_while_others_write_loses_and_doubles_nothing(stack, place, room):
    first, last = ports(stack)
    writing = asyncio.create_task(in_thread(send, stack, place, room, [f"m{number}" for number in range(150)]))
    clients: list[Client] = []
    for number in range(30):
        client = await Client((first, last)[number % 2]).__aenter__()
        clients.append(client)
        await client.join(**{room: 0})
        await asyncio.sleep(0.05)
    await writing
    for client in clients:
        await client.until(lambda client=client: len(client.seqs(room)) >= 150)
        assert client.seqs(room) == list(range(1, 151))
        await client.__aexit__()


async def test_past_500_events_there_is_a_snapshot(stack, room):
    port, _ = ports(stack)
    await in_thread(stack.call, live.publish_many, room=room, times=501, audience="everyone")
    async with Client(port) as client:
        await client.join(**{room: 0})
        assert [frame["t"] for frame in client.frames if frame.get("room") == room] == ["snapshot"]
        await client.join(**{room: 1})
        assert len(client.seqs(room)) == 500


async def test_a_cursor_of_the_future_gets_a_snapshot(stack, room):
    async with Client(ports(stack)[0]) as client:
        await client.join(**{room: 10**9})
        assert client.frames[-1]["t"] == "snapshot"


@pytest.mark.parametrize("when", ["live", "catch-up"])
async def test_an_event_reaches_its_audience_only(stack, place, room, when):
    audiences = ["everyone", "staff", "speakers", f"participant:{place['people']['attendee']}"]
    sees = {"": [0], "attendee": [0, 3], "outsider": [0], "moderator": [0, 1, 2], "organiser": [0, 1, 2]}
    clients = {who: Client(ports(stack)[-1], place["cookies"].get(who, "")) for who in sees}
    if when == "live":
        for client in clients.values():
            await client.__aenter__()
            await client.join(**{room: 0})
    for audience in [*audiences, "everyone"]:
        await in_thread(stack.call, live.publish_many, room=room, times=1, audience=audience)
    for who, client in clients.items():
        if when == "catch-up":
            await client.__aenter__()
            await client.join(**{room: 0})
        await client.until(lambda client=client: client.seqs(room)[-1:] == [5])
        assert client.seqs(room) == [index + 1 for index in sees[who]] + [5], who
        await client.__aexit__()


@pytest.mark.parametrize(
    "key", ["session:999999", "nonsense", "session:x", "edition:-1", "session:" + "9" * 40, "bench:1"]
)
async def test_a_room_that_does_not_exist_is_forbidden(stack, key):
    async with Client(ports(stack)[0]) as client:
        await client.socket.send(json.dumps({"join": {key: 0}}))
        await client.until(lambda: client.code is not None)
        assert client.code == 4403


BAD_FRAMES = ["", "{", "[]", "1", "null", '{"join":[]}', '{"join":{}}', '{"join":{"session:1":-1}}', '{"say":"hello"}']
BAD_FRAMES += ['{"join":{"session:1":"0"}}', '{"join":{"session:1":true}}', '{"join":' + "[" * 5000]


@pytest.mark.parametrize("text", BAD_FRAMES)
async def test_a_frame_that_is_not_ours_closes_the_socket(stack, text):
    async with Client(ports(stack)[0]) as client:
        await client.socket.send(text)
        await client.until(lambda: client.code is not None)
        assert client.code == 4100


async def test_a_flood_is_closed(stack, room):
    async with Client(ports(stack)[0]) as client:
        with suppress(ConnectionClosed):  # the server may have hung up meanwhile
            for _ in range(500):
                await client.socket.send(json.dumps({"join": {room: 0}}))
        await client.until(lambda: client.code is not None)
        assert client.code == 4029


async def test_too_large_a_frame_is_closed(stack):
    async with Client(ports(stack)[0]) as client:
        await client.socket.send("x" * 20_000)
        await client.until(lambda: client.code is not None)
        assert client.code == 1006  # the server drops the link


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost.evil.example"])
async def test_another_sites_page_gets_no_socket(stack, origin):
    with pytest.raises(Exception, match="403"):
        await Client(ports(stack)[0], origin=origin).__aenter__()


async def test_followers_are_counted_over_all_processes(stack, place, room):
    first, last = ports(stack)
    edition = f"edition:{place['edition']}"
    async with Client(first) as one, Client(last, place["cookies"]["attendee"]) as other:
        await one.join(**{room: 0, edition: 0})
        await other.join(**{room: 0, edition: 0})
        for client in (one, other):
            await client.until(lambda client=client: client.counts().get(room) == 2)
        tabs = [Client(port, place["cookies"]["attendee"]) for port in (first, last)]
        async with tabs[0] as second_tab, tabs[1] as third_tab:  # one of them by the other process
            await second_tab.join(**{room: 0})
            await third_tab.join(**{room: 0})
            await asyncio.sleep(2.5)
            assert one.counts()[room] == 2
    async with Client(first) as late:
        await late.join(**{edition: 0})
        await late.until(lambda: late.counts().get(room, 0) == 0)


async def test_the_heartbeat_carries_the_head(stack, place, room):
    await in_thread(send, stack, place, room, ["a", "b"])
    async with Client(ports(stack)[0]) as client:
        await client.join(**{room: 0})
        head = {"t": "head", "room": room, "seq": 2}
        await client.until(lambda: any(frame.items() >= head.items() for frame in client.frames))
        assert all(abs(frame["now"] / 1000 - time.time()) < 60 for frame in client.frames if "now" in frame)


async def test_a_repeated_post_by_two_processes_is_one_message(stack, place, room):
    values = {"session": int(room.split(":")[1]), "who": place["people"]["attendee"], "client_id": str(uuid.uuid4())}
    async with Client(ports(stack)[0]) as client:
        await client.join(**{room: 0})
        await asyncio.gather(*(in_thread(stack.call, chat.send, texts=["same"], **values) for _ in range(3)))
        await client.until(lambda: client.seqs(room))
        await asyncio.sleep(1.5)
        assert client.seqs(room) == [1]
