"""What those who come back are shown: what the log says, rendered once however many ask."""

import asyncio
import random

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from live import replay
from live.audiences import EVERYONE, NOBODY, only
from live.feed import Feed
from live.log import append, rewrite
from live.viewer import Viewer
from tests.live.test_hub import ROOM, Connection, Wire, running, until

pytestmark = pytest.mark.django_db(transaction=True)
AUDIENCES = [EVERYONE, EVERYONE, EVERYONE, "crew", "press", NOBODY, only(1), only(2)]
VIEWERS = [
    Viewer("attendee", 1),
    Viewer("attendee", 2),
    Viewer("attendee", 2, audiences=frozenset({"press"})),
    Viewer("staff", 1, audiences=frozenset({"press", "crew"})),
    Viewer("visitor"),
]


@sync_to_async
def written(audiences):
    with transaction.atomic():
        for at, audience in enumerate(audiences):
            append(ROOM, "polls.gone", {"id": f"{at}"}, audience=audience)


async def run(work):
    return await sync_to_async(work)()


async def seen(feed, viewer, cursor, head):
    """The seqs a viewer is shown on the way from one to the other."""
    found = []
    while cursor < head:
        cursor, shown = await feed.replay.after(cursor, head, viewer.group("en"), run)
        found += [event.seq for event in shown if viewer.sees(event.audience)]
    return found


async def test_any_cursor_is_shown_what_the_log_has_for_its_viewer():
    audiences = [random.choice(AUDIENCES) for _ in range(420)]
    feed, head = Feed(ROOM, "", 0, print), 0
    for size in (1, 99, 100, 101, 57, 62):  # the log grows meanwhile
        await written(audiences[head : head + size])
        head += size
        for viewer in VIEWERS:
            for cursor in {0, head - 1, *(random.randrange(head) for _ in range(5))}:
                due = [seq for seq in range(cursor + 1, head + 1) if viewer.sees(audiences[seq - 1])]
                assert await seen(feed, viewer, cursor, head) == due, (viewer, cursor, head)


async def test_an_event_is_rendered_once_for_all_who_come_back(monkeypatch):
    await written([EVERYONE] * 250)
    feed, rendered = Feed(ROOM, "", 0, print), []
    real = replay.between
    monkeypatch.setattr(replay, "between", lambda *asked: rendered.extend(found := real(*asked)) or found)
    viewer = VIEWERS[0]
    shown = await asyncio.gather(*(seen(feed, viewer, cursor, 250) for cursor in range(250)))
    assert [len(found) for found in shown] == list(range(250, 0, -1))
    await written([EVERYONE] * 20)
    assert await seen(feed, viewer, 240, 270) == list(range(241, 271))
    assert sorted(event.seq for event in rendered) == list(range(1, 271))


async def test_what_is_kept_is_bounded(monkeypatch):
    await written([EVERYONE] * 250)
    monkeypatch.setattr(replay, "KEPT", 1000)
    feed = Feed(ROOM, "", 0, print)
    assert await seen(feed, VIEWERS[0], 0, 250) == list(range(1, 251))
    assert feed.replay._size <= 1000 and not feed.replay._blocks


@sync_to_async
def told(text):
    with transaction.atomic():
        append(ROOM, "polls.gone", {"id": text})


async def test_what_was_taken_back_is_not_shown_again():
    @sync_to_async
    def take_back():
        with transaction.atomic():
            rewrite(ROOM, lambda data: {"id": "nothing"})

    async with running() as (the_hub, first, _):

        async def comes():
            other = Connection(Wire(), first.close, "en", None, object())
            other.viewers[ROOM] = Viewer("attendee")
            the_hub.connections.add(other)
            await the_hub.join(other, ROOM, 0, 0)
            return other.wire.data

        await told("Canary")
        await until(lambda: first.wire.seqs() == [1])
        assert b"Canary" in await comes()  # rendered and kept
        await take_back()
        await until(lambda: the_hub.feeds[ROOM].cursor == 2)
        assert b"Canary" not in await comes()
