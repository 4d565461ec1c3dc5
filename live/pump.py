"""What is new in a room goes to its sockets, in order; or, when the log goes on in another epoch, a fresh page."""

import asyncio
import time
from typing import Protocol

from live import metrics
from live.feed import SLICE, Batch, Connection, Feed
from live.log import between
from live.models import epoch_of
from live.protocols import Workers

READ_AT_ONCE = 100  # events of a room read, rendered and written together
CROWD = 500  # sockets in this process, from which what comes within a tick goes out together
CROWD_TICK = 0.05  # seconds, at least
CROWD_SHARE = 0.35  # of the time, at most, is for writing to a crowd; the rest is for who arrives or asks
LONGEST_TICK = 0.3  # seconds: a busy room is still a conversation
SAVED_UP = 1.0  # seconds of ticks that a quiet room has to spare: what comes one at a time goes out at once
BETWEEN_SLICES = 0.1  # seconds: not everybody asks for a fresh page at once


class Hub(Workers, Protocol):
    """Whose sockets are told."""

    def send_afresh(self, connection: Connection, key: str) -> None:
        """Tell a socket to load the page afresh, and take it out of the room."""


class Pump:
    """Delivers the events of one process's feeds."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def ring(self, feed: Feed, head: int) -> None:
        """The feed's room has reached `head`: deliver what is new."""
        if head <= feed.cursor:
            return
        feed.head = max(head, feed.head)
        if not feed.pumping:
            feed.pumping = True
            feed.rung_at = time.monotonic()
            self.hub.spawn(self._deliver(feed))

    async def _deliver(self, feed: Feed) -> None:
        """Deliver a feed's new events, in order, until there are none."""
        try:
            async with feed.turn:
                while feed.cursor < feed.head:
                    if epoch_of(feed.cursor) != epoch_of(feed.head):
                        await self._restart(feed, feed.head)
                        continue
                    await self._wait_for_more(feed)
                    upto = min(feed.head, feed.cursor + READ_AT_ONCE)
                    batches = await self.hub.database(_batches, feed, upto)
                    if not batches:  # a ring of a commit that this database does not show: the poll will tell
                        break
                    began = time.monotonic()
                    for batch in batches:
                        await feed.write(batch)
                        metrics.counts["events_total"] += len(batch.events)
                    feed.rests_until = _rested(feed.rests_until, began, time.monotonic() - began)
                    metrics.delays.append(time.monotonic() - feed.rung_at)
        finally:
            feed.pumping = False

    async def _wait_for_more(self, feed: Feed) -> None:
        """In a crowd a write costs one system call a socket, whatever is in it: once a tick, unless it is full."""
        wait = feed.rests_until - time.monotonic()
        if wait > 0 and feed.size >= CROWD and feed.head - feed.cursor < READ_AT_ONCE:
            await asyncio.sleep(wait)

    async def set_back(self, feed: Feed, head: int) -> None:
        """The feed's room is only at `head` now: the database was set back, and the room is not in it any more."""
        async with feed.turn:
            if head < feed.cursor:
                await self._restart(feed, head)

    async def _restart(self, feed: Feed, head: int) -> None:
        """Go on from `head`; every member takes a fresh page. The caller holds the feed's turn."""
        feed.cursor = feed.head = head
        feed.replay.forget()
        members = feed.members()
        for at in range(0, len(members), SLICE):
            for connection in members[at : at + SLICE]:
                if feed.key in connection.viewers:
                    self.hub.send_afresh(connection, feed.key)
            await asyncio.sleep(BETWEEN_SLICES if at + SLICE < len(members) else 0)


def _rested(rests_until: float, began: float, took: float) -> float:
    """When a crowd may be written to again, after a write that began then and took so long; time.monotonic()."""
    tick = max(CROWD_TICK, took / CROWD_SHARE)
    return min(max(rests_until, began - SAVED_UP) + tick, began + LONGEST_TICK)


def _batches(feed: Feed, upto: int) -> list[Batch]:
    return feed.batches(between(feed.key, feed.cursor, upto))
