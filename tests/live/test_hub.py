"""The hub without a server: what must hold however rings, heartbeats and slow readers fall together."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from live import doorbell, hub, laggards, pump, replay, revocations
from live.feed import MAX_BACKLOG, Connection
from live.log import append
from live.revocations import recheck_room
from live.viewer import Viewer, viewer
from live.wire import payloads

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = "session:1"


class Wire:
    """A wire into a list, with a backlog that a test may set."""

    def __init__(self) -> None:
        self.data = b""
        self.waiting = 0

    def send(self, frames: bytes) -> int:
        self.data += frames
        return self.waiting

    def backlog(self) -> int:
        return self.waiting

    def seqs(self) -> list[int]:
        frames = [json.loads(text) for text in payloads(self.data)]
        return [frame["seq"] for frame in frames if frame["t"] == "event"]


@asynccontextmanager
async def running():
    """A hub whose clock stands still, with one connection in ROOM; closed codes in `closed`."""
    the_hub = hub.Hub()
    closed: list[int] = []

    async def close(code: int) -> None:
        closed.append(code)

    connection = Connection(Wire(), close, "en", None, "someone")
    connection.viewers[ROOM] = Viewer("attendee")
    the_hub.connections.add(connection)
    await the_hub.join(connection, ROOM, 0, 0)
    doorbell.install(the_hub)
    try:
        yield the_hub, connection, closed
    finally:
        doorbell.install(None)
        await the_hub.drain()


@sync_to_async
def write(times: int = 1) -> None:
    for number in range(times):
        with transaction.atomic():
            append(ROOM, "polls.gone", {"id": str(number)})


async def until(done) -> None:
    for _ in range(500):
        if done():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not in 5 s")


async def test_a_ring_during_a_heartbeat_is_heard():
    async with running() as (the_hub, connection, _):
        async with the_hub.feeds[ROOM].turn:  # as a heartbeat holds it
            await write()
            await asyncio.sleep(0.05)
        await until(lambda: connection.wire.seqs() == [1])


async def test_a_lost_ring_is_made_up_for_by_the_poll(monkeypatch):
    monkeypatch.setattr(revocations, "SWEEP", 0)  # there is no session 1: whoever is in its room may not be
    async with running() as (the_hub, connection, _):
        doorbell.install(None)
        await write(3)
        assert connection.wire.seqs() == []
        await the_hub._poll()
        await until(lambda: connection.wire.seqs() == [1, 2, 3])


async def test_a_slow_reader_goes_on_from_its_cursor():
    async with running() as (the_hub, connection, closed):
        connection.wire.waiting = MAX_BACKLOG + 1
        await write()
        await until(lambda: ROOM in connection.lagging)
        await write(20)
        await asyncio.sleep(0.1)
        assert connection.wire.seqs() == [1]
        connection.wire.waiting = 0
        await the_hub.laggards.look()
        await until(lambda: connection.wire.seqs() == list(range(1, 22)))
        assert not closed


async def test_a_reader_without_progress_is_closed(monkeypatch):
    monkeypatch.setattr(laggards, "PATIENCE", 0)
    async with running() as (the_hub, connection, closed):
        connection.wire.waiting = MAX_BACKLOG + 1
        await write()
        await until(lambda: connection.lagging)
        await the_hub.laggards.look()
        assert closed == [4008]


async def test_a_reader_who_reads_slowly_is_not_closed(monkeypatch):
    async with running() as (the_hub, connection, closed):
        connection.wire.waiting = 10 * MAX_BACKLOG
        await write()
        await until(lambda: connection.lagging)
        for _ in range(5):
            monkeypatch.setattr(laggards, "PATIENCE", 0)
            connection.wire.waiting -= laggards.PROGRESS
            await the_hub.laggards.look()
            assert not closed
        connection.wire.waiting -= 1  # not what counts as reading
        await the_hub.laggards.look()
        assert closed == [4008]


async def test_someone_leaving_in_the_middle_of_a_write_takes_nothing_from_the_others():
    async with running() as (the_hub, first, _):
        second, third = (Connection(Wire(), first.close, "en", None, name) for name in ("second", "third"))
        for connection in (second, third):
            connection.viewers[ROOM] = Viewer("attendee")
            the_hub.connections.add(connection)
            await the_hub.join(connection, ROOM, 0, 0)

        class Leaving(Wire):
            def send(self, frames: bytes) -> int:
                the_hub.leave_all(second)
                return super().send(frames)

        first.wire, second.wire.waiting = Leaving(), MAX_BACKLOG + 1
        await write()
        await until(lambda: third.wire.seqs() == [1])


async def test_a_join_that_fails_takes_nobody_elses_presence(monkeypatch):
    async with running() as (the_hub, first, _):
        tab = Connection(Wire(), first.close, "en", None, "someone")
        tab.viewers[ROOM] = Viewer("attendee")
        the_hub.leave_all(tab)  # before it was counted
        assert the_hub.feeds[ROOM].followers == {"someone": 1}
        await write()
        await until(lambda: first.wire.seqs() == [1])
        tab.viewers[ROOM] = Viewer("attendee")
        the_hub.connections.add(tab)
        monkeypatch.setattr(replay, "between", None)
        with pytest.raises(TypeError):
            await the_hub.join(tab, ROOM, 0, 1)
        monkeypatch.undo()
        the_hub.leave_all(tab)
        assert the_hub.feeds[ROOM].followers == {"someone": 1}
        await write()
        await until(lambda: first.wire.seqs() == [1, 2])


async def test_a_slow_reader_survives_a_failing_database(monkeypatch):
    async with running() as (the_hub, connection, _):
        connection.wire.waiting = MAX_BACKLOG + 1
        await write()
        await until(lambda: ROOM in connection.lagging)
        await write(3)
        connection.wire.waiting = 0
        await until(lambda: the_hub.feeds[ROOM].cursor == 4)
        monkeypatch.setattr(replay, "between", None)
        await the_hub.laggards.look()
        monkeypatch.undo()
        await the_hub.laggards.look()
        await until(lambda: connection.wire.seqs() == [1, 2, 3, 4])


@pytest.mark.parametrize("alias", ["0%s", "+%s", " %s", "%s "])
def test_a_room_has_one_key(alias):
    from django.contrib.auth.models import AnonymousUser

    from sessions.rooms import viewer
    from tests import world

    pk = str(world.build()["session"])
    fullwidth = "".join(chr(ord(digit) + 0xFEE0) for digit in pk)
    assert viewer(AnonymousUser(), f"session:{pk}")
    for written in (alias % pk, fullwidth):
        assert viewer(AnonymousUser(), f"session:{written}") is None


def test_another_apps_broken_cookie_loses_no_session():
    from live.viewer import session_key_of

    assert session_key_of([(b"cookie", b'bad[name]="x; sessionid=abc; other={"a":1}')]) == "abc"


async def test_a_room_tells_nothing_more_until_everyone_in_it_was_looked_at_again(monkeypatch):
    async with running() as (the_hub, first, closed):
        may_look, real = asyncio.Event(), the_hub.revocations.look_again

        async def look_again(connections):
            await may_look.wait()
            await real(connections)

        await until(lambda: the_hub.revocations.cursor is not None or the_hub.revocations.ring(0))
        monkeypatch.setattr(the_hub.revocations, "look_again", look_again)
        await sync_to_async(recheck_room)(ROOM)  # there is no session 1: whoever is in its room may not be
        await until(lambda: the_hub.feeds[ROOM].turn.locked())
        await write()
        await asyncio.sleep(0.2)
        assert first.wire.seqs() == []
        may_look.set()
        await until(lambda: closed == [4403])
        await asyncio.sleep(0.2)
        assert first.wire.seqs() == []


async def test_an_event_that_cannot_be_shown_stops_nobody():
    @sync_to_async
    def broken():
        with transaction.atomic():
            append(ROOM, "sessions.status", {"item": {"starts": "yesterday"}})
            append(ROOM, "nowhere.no_such_template", {})

    async with running() as (the_hub, first, _):
        await broken()
        await write()
        await until(lambda: first.wire.seqs() == [3])
        assert the_hub.feeds[ROOM].cursor == 3


async def test_a_passing_room_that_ends_costs_the_room_and_not_the_socket():
    from tests import world

    made = await sync_to_async(world.build)()
    session = f"session:{made['session']}"
    async with running() as (the_hub, first, closed):
        the_hub.leave(first, ROOM)
        first.viewers[session] = await sync_to_async(viewer)(AnonymousUser(), session)
        await the_hub.join(first, session, 0, 0)
        assert the_hub.admit(first, "round:999", Viewer("attendee", 1, passing=True))
        await the_hub.revocations.look_again([first])
        assert closed == [] and set(first.viewers) == {session}
        first.viewers[ROOM] = Viewer("attendee")
        await the_hub.revocations.look_again([first])
        assert closed == [4403]


async def test_what_comes_within_a_tick_goes_to_a_crowd_in_one_write(monkeypatch):
    monkeypatch.setattr(pump, "CROWD", 1)
    monkeypatch.setattr(pump, "CROWD_TICK", 1.0)
    monkeypatch.setattr(pump, "SAVED_UP", 0.0)
    monkeypatch.setattr(pump, "LONGEST_TICK", 1.0)
    sends = []
    monkeypatch.setattr(Wire, "send", lambda wire, frames: sends.append(frames) or 0)
    async with running() as (the_hub, _first, _):
        await write()
        await until(lambda: the_hub.feeds[ROOM].cursor == 1)
        sends.clear()
        for _ in range(5):
            await write()
        await until(lambda: the_hub.feeds[ROOM].cursor == 6)
        assert len([frames for frames in sends if b'"event"' in frames]) == 1


@pytest.mark.parametrize(
    ("rested_until", "took", "rest"),
    [
        (0.0, 0.0, -0.95),  # quiet so far: it has a second to spare
        (0.0, 0.07, -0.8),
        (99.5, 0.07, -0.3),  # a few have come: less is left
        (100.0, 0.0, 0.05),  # nothing is left: a tick at least,
        (100.0, 0.01, 0.05),
        (100.0, 0.07, 0.2),  # and a third of the time for writing,
        (100.0, 0.2, 0.3),  # but a busy room is still a conversation
        (100.2, 5.0, 0.3),
    ],
)
def test_a_crowd_is_written_to_for_a_third_of_the_time(rested_until, took, rest):
    assert pump._rested(rested_until, 100.0, took) - 100.0 == pytest.approx(rest, abs=0.001)


async def test_what_comes_one_at_a_time_to_a_quiet_crowd_does_not_wait(monkeypatch):
    monkeypatch.setattr(pump, "CROWD", 1)
    monkeypatch.setattr(pump, "CROWD_TICK", 60.0)
    monkeypatch.setattr(pump, "LONGEST_TICK", 60.0)
    monkeypatch.setattr(pump, "SAVED_UP", 600.0)
    async with running() as (the_hub, _first, _):
        for number in range(1, 6):
            await write()
            await until(lambda reached=number: the_hub.feeds[ROOM].cursor == reached)


async def test_a_full_write_does_not_wait_for_the_tick(monkeypatch):
    monkeypatch.setattr(pump, "CROWD", 1)
    monkeypatch.setattr(pump, "CROWD_TICK", 60.0)
    monkeypatch.setattr(pump, "SAVED_UP", 0.0)
    monkeypatch.setattr(pump, "LONGEST_TICK", 60.0)
    monkeypatch.setattr(pump, "READ_AT_ONCE", 3)
    async with running() as (the_hub, _first, _):
        await write()
        await until(lambda: the_hub.feeds[ROOM].cursor == 1)
        feed = the_hub.feeds[ROOM]
        async with feed.turn:
            await write(3)
        await until(lambda: feed.cursor == 4)
