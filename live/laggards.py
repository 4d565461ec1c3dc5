"""Slow readers: each falls back to its cursor, goes on once it has read, and is closed when it reads nothing."""

import logging
import time
from typing import Protocol

from live import codes, metrics
from live.feed import MAX_BACKLOG, Connection, Feed

logger = logging.getLogger(__name__)
LOOK = 0.03  # seconds between looks at them
PATIENCE = 30.0  # seconds a socket may make no progress
PROGRESS = 32 * 1024  # bytes read meanwhile that count as progress


class Hub(Protocol):
    """Where the slow readers are, and how they go on or are sent away."""

    feeds: dict[str, Feed]

    async def catch_up(self, connection: Connection, feed: Feed, cursor: int) -> None:
        """Send what is after `cursor`, then everything that comes."""

    async def expel(self, connection: Connection, code: int) -> None:
        """Close a socket."""


class Laggards:
    """The slow readers of one process."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._all: set[Connection] = set()

    def add(self, connection: Connection, key: str, cursor: int) -> None:
        """A slow reader gets no live events until it has read; then it continues from its cursor."""
        if key not in connection.viewers:  # it left while its frames were on their way
            return
        self.hub.feeds[key].detach(connection)
        if not connection.lagging:
            connection.lagging_since, connection.lagging_backlog = time.monotonic(), connection.wire.backlog()
        connection.lagging[key] = cursor
        self._all.add(connection)

    def forget(self, connection: Connection) -> None:
        """The socket is gone."""
        self._all.discard(connection)

    async def look(self) -> None:
        """Look after all of them."""
        for connection in list(self._all):
            await self._look_after(connection)

    async def _look_after(self, connection: Connection) -> None:
        """Let a slow reader go on once it has read, or close it when it has read nothing for too long."""
        backlog = connection.wire.backlog()
        if backlog < MAX_BACKLOG // 2:
            self._all.discard(connection)
            for key in list(connection.lagging):
                await self._resume(connection, key)
        elif backlog <= connection.lagging_backlog - PROGRESS:
            connection.lagging_since, connection.lagging_backlog = time.monotonic(), backlog
        elif time.monotonic() - connection.lagging_since > PATIENCE:
            metrics.counts["evictions_total"] += 1
            await self.hub.expel(connection, codes.SLOW_READER)

    async def _resume(self, connection: Connection, key: str) -> None:
        """Bring a slow reader up to date in one room; when that fails it stays a slow reader."""
        feed, cursor = self.hub.feeds.get(key), connection.lagging.pop(key, None)
        if feed is None or cursor is None:  # it left meanwhile
            return
        viewer = connection.viewers[key]
        try:
            await self.hub.catch_up(connection, feed, cursor)
        except Exception as error:  # the database may be away for a while
            logger.warning("Catch-up of a slow reader failed: %s", error)
            if connection.viewers.get(key) is viewer:
                connection.lagging.setdefault(key, cursor)
                self._all.add(connection)
