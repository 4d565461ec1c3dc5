"""The log in bounds: what silent rooms have told is forgotten, and nobody takes that for having missed nothing."""

from asyncio import to_thread as in_thread

import pytest

from tests.live.client import Client
from tests.programs import live

pytestmark = pytest.mark.parametrize("stack", ["embedded", "full"], indirect=True)


@pytest.fixture
def room(stack):
    place = stack.call("tests.world:build")
    return f"session:{place['session']}"


async def test_who_comes_back_takes_a_fresh_page(stack, room):
    port = stack.servers[-1].port
    await in_thread(stack.call, live.publish_many, room=room, times=30, audience="everyone")
    async with Client(port) as stayed:
        await stayed.join(**{room: 0})
        await stayed.until(lambda: len(stayed.seqs(room)) == 30)
        await in_thread(stack.call, live.silent_for, room=room, days=31)
        kept, head = await in_thread(stack.call, live.counted, room=room)
        assert kept == 0
        await stayed.until(lambda: stayed.frames[-1] == {"t": "snapshot", "room": room})
        for cursor in (0, 29, 30):
            async with Client(port) as back:
                await back.join(**{room: cursor})
                assert {"t": "snapshot", "room": room} in back.frames
        await stayed.join(**{room: head})
        await in_thread(stack.call, live.publish, room=room, word="again")
        await stayed.until(lambda: stayed.seqs(room)[-1] == head + 1)


async def test_a_room_in_which_something_happened_is_kept(stack, room):
    await in_thread(stack.call, live.publish_many, room=room, times=3, audience="everyone")
    await in_thread(stack.call, live.silent_for, room=room, days=29)
    assert await in_thread(stack.call, live.counted, room=room) == [3, 3]
