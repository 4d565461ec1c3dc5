"""How long a copy of a page is given away: not at all when its room has moved on, for a moment where it always does."""

import asyncio
import itertools

import pytest
import pytest_asyncio

from hybrid import copies
from hybrid.encodings import SharedBody
from live.hub import Hub

pytestmark = pytest.mark.asyncio
ROOM = "session:1"


@pytest.fixture
def clock(monkeypatch):
    """Seconds, which a test moves on."""
    clock = [1000.0]
    monkeypatch.setattr(copies.time, "monotonic", lambda: clock[0])
    return clock


@pytest_asyncio.fixture
async def ask():
    """Asks for the page after its room has moved on; gives back how far the page is behind."""
    kept, heads = copies.Copies(Hub()), itertools.count(1)

    async def ask():
        head = next(heads)
        kept.reached(ROOM, head)

        async def draw():
            return copies.Copy([], SharedBody(b"page"), b"end", "tag", {ROOM: head})

        copy = await kept.get("page", -1, draw)
        return head - copy.rooms[ROOM]

    return ask


async def test_what_happens_now_and_then_is_on_the_page_at_once(clock, ask):
    for _ in range(20):
        assert await ask() == 0
        clock[0] += 3 * copies.BUSY
    assert [await ask() for _ in range(copies.AT_ONCE - 1)] == [0] * (copies.AT_ONCE - 1)


async def test_where_it_happens_all_the_time_pages_are_drawn_now_and_then(clock, ask):
    for _ in range(copies.AT_ONCE):
        assert await ask() == 0
    drawn = 0
    for _ in range(100):
        drawn += await ask() == 0
        clock[0] += copies.BUSY / 10
    assert 8 <= drawn <= 10
    clock[0] += 3 * copies.BUSY
    assert await ask() == 0


async def test_who_ask_for_the_newest_while_one_is_drawn_get_the_next_one_together():
    hub, begun, may_end = Hub(), [], asyncio.Event()
    kept = copies.Copies(hub)

    async def draw():
        begun.append(hub.milliseconds())
        await may_end.wait()
        return copies.Copy([], SharedBody(b"page"), b"end", str(len(begun)), {})

    first = asyncio.ensure_future(kept.get("page", hub.milliseconds() - 1, draw))
    await asyncio.sleep(0.01)
    later = [asyncio.ensure_future(kept.get("page", hub.milliseconds() - 1, draw)) for _ in range(50)]
    await asyncio.sleep(0.01)
    may_end.set()
    assert [(await first).tag, {copy.tag for copy in await asyncio.gather(*later)}] == ["1", {"2"}]
    await asyncio.sleep(0.01)
    assert (await kept.get("page", hub.milliseconds() - 1, draw)).tag == "3"  # none is kept for who asks later
