"""The heartbeat: every socket is told how far its rooms are and what time it is."""

import asyncio
import time
from typing import Protocol

from common import clock
from live.feed import Feed
from live.protocols import Workers
from live.wire import frame

HEARTBEAT = 4.0  # seconds


class Hub(Workers, Protocol):
    """Whose sockets are told."""

    feeds: dict[str, Feed]


class Heartbeat:
    """One process's heartbeat, and its reading of the database's clock."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._reading: tuple[float, float] | None = None  # the database's time, and ours when it was asked for

    async def ask(self) -> None:
        """Ask the database for the time."""
        self._reading = await self.hub.database(clock.timestamp), time.monotonic()

    def now(self) -> dict[str, int]:
        """The database's time in milliseconds since 1970, as frames say it; nothing before it was asked for."""
        return {"now": self.milliseconds()} if self._reading else {}

    def milliseconds(self) -> int:
        """The database's time in milliseconds since 1970; the machine's before that was asked for."""
        moment, at = self._reading or (time.time(), time.monotonic())
        return round((moment + time.monotonic() - at) * 1000)

    async def beat(self) -> None:
        """Tell every socket how far its rooms are: a silent link shows, and cursors move past others' events."""
        await asyncio.gather(*map(self._beat_in, list(self.hub.feeds.values())))

    async def _beat_in(self, feed: Feed) -> None:
        async with feed.turn:  # in the middle of a write the cursor is ahead of some members
            await feed.spread(feed.members(), frame({"t": "head", "room": feed.key, "seq": feed.cursor} | self.now()))
