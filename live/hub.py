"""The hub: one per server process. It reads the log once, renders once and hands the bytes to every socket."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import close_old_connections

from common import clock
from common.registry import registry
from live import codes, doorbell, metrics
from live.admission import Admission
from live.feed import MAX_BACKLOG, Batch, Connection, Feed
from live.laggards import LOOK, Laggards
from live.log import between
from live.models import Room
from live.own import OwnThings
from live.presence import Followers
from live.protocols import Listener
from live.revocations import REVOKED, Revocations
from live.viewer import Viewer
from live.volatile import INTERVAL, Volatile
from live.wire import frame
from live.writes import Writes

logger = logging.getLogger(__name__)
T = TypeVar("T")

READ_AT_ONCE = 100  # events of a room read, rendered and written together
MAX_CATCH_UP = 500  # events; who missed more gets a fresh page instead
TICK = 1.0  # seconds between the calls of the declared ticks
HEARTBEAT = 4.0  # seconds
PRESENT = 120.0  # seconds between the words to the apps about which sign-ins have a socket
DRAIN, DRAIN_STEPS = 3.0, 30  # seconds over which a stopping process closes its sockets, and in how many portions
COME_BACK = 1  # milliseconds of delay at most for each socket of a stopping process


class Hub:
    """Feeds of the rooms that this process's sockets follow, and the tasks that keep them moving."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.feeds: dict[str, Feed] = {}
        self.connections: set[Connection] = set()
        self.draining = False
        self.revocations = Revocations(self)
        self.admission = Admission(self)
        self.own = OwnThings(self)
        self.presence = Followers(self)
        self.laggards = Laggards(self)
        # Channels runs all database work of a process in one thread; the hub must not wait behind it.
        self._executor = ThreadPoolExecutor(4, "hub")
        self._tasks: set[asyncio.Task[None]] = set()
        self.listeners: list[Listener] = []
        self._outgoing: dict[str, int] = {}
        self._clock: tuple[float, float] | None = None  # the database's time, and ours when it was asked for
        self.volatile = Volatile(self)
        self.writes = Writes(self)

    def start(self) -> None:
        """Begin to listen, poll and beat."""
        doorbell.install(self)
        self.spawn(doorbell.listen(self))
        for seconds, work in (
            (settings.LIVE_POLL, self._poll),
            (HEARTBEAT, self._beat),
            (INTERVAL, self.volatile.push),
            (LOOK, self.laggards.look),
        ):
            self.every(seconds, work)
        self.every(PRESENT, self._tell_present)
        for tick in registry.ticks():
            self.every(TICK, partial(self.database, tick))

    async def database(self, work: Callable[..., T], *args: Any) -> T:
        """Run database work in the hub's own threads."""

        def run() -> T:
            close_old_connections()
            try:
                return work(*args)
            finally:
                close_old_connections()

        return await self.loop.run_in_executor(self._executor, run)

    # --- rings --------------------------------------------------------------------------------------------------------
    def ring_from_thread(self, key: str, head: int) -> None:
        """A transaction of this process has committed: serve the local sockets, then tell the other processes."""
        self.loop.call_soon_threadsafe(self._rung_here, key, head)

    def _rung_here(self, key: str, head: int) -> None:
        self.ring(key, head)
        if not self._outgoing:
            self.spawn(self._pass_on())
        self._outgoing[key] = max(head, self._outgoing.get(key, 0))

    def touch(self, key: str, kind: str, item: str) -> None:
        """Something volatile has changed in the room, in another process."""
        for listener in self.listeners:
            listener.touched(key, item)
        self.volatile.touch(key, kind, item)

    def touch_from_thread(self, key: str, kind: str, item: str) -> None:
        """A transaction of this process has changed something volatile."""
        self.loop.call_soon_threadsafe(self.volatile.touched_here, key, kind, item)

    async def _pass_on(self) -> None:
        await asyncio.sleep(0)
        heads, self._outgoing = self._outgoing, {}
        await doorbell.send_quietly(heads)

    def ring(self, key: str, head: int) -> None:
        """The room has reached `head`: deliver what is new."""
        if key == REVOKED:
            self.revocations.ring(head)
            return
        for listener in self.listeners:
            listener.reached(key, head)
        feed = self.feeds.get(key)
        if feed is None or head <= feed.cursor:
            return
        feed.head = max(head, feed.head)
        if not feed.pumping:
            feed.pumping = True
            feed.rung_at = time.monotonic()
            self.spawn(self._pump(feed))

    async def _pump(self, feed: Feed) -> None:
        """Deliver a feed's new events, in order, until there are none."""
        try:
            async with feed.turn:
                while feed.cursor < feed.head:
                    upto = min(feed.head, feed.cursor + READ_AT_ONCE)
                    batches = await self.database(self._batches, feed, upto)
                    if not batches:  # a ring of a commit that this database does not show: the poll will tell
                        break
                    for batch in batches:
                        await feed.write(batch)
                        metrics.counts["events_total"] += len(batch.events)
                    metrics.delays.append(time.monotonic() - feed.rung_at)
        finally:
            feed.pumping = False

    @staticmethod
    def _batches(feed: Feed, upto: int) -> list[Batch]:
        return feed.batches(between(feed.key, feed.cursor, upto))

    # --- joining and leaving ------------------------------------------------------------------------------------------
    async def join(self, connection: Connection, key: str, cursor: int, head: int) -> None:
        """Bring a connection up to date from `cursor` and keep it so. Its viewer for the room has been set.

        `head` is one that the room has had.
        """
        viewer = connection.viewers.get(key)
        if viewer is None or connection not in self.connections:
            return
        feed = self.feeds.get(key)
        if feed is None:
            feed = self.feeds[key] = Feed(key, viewer.parent, head, self.laggards.add)
        feed.parent = viewer.parent  # where presence in it is shown may have changed
        feed.followers[connection.identity] += 1
        connection.counted.add(key)
        self.ring(key, head)
        if cursor > max(head, feed.cursor) or feed.cursor - cursor > MAX_CATCH_UP:
            self.leave(connection, key)
            connection.wire.send(frame({"t": "snapshot", "room": key}))
            return
        if counts := self.presence.counts.get(key):
            connection.wire.send(frame({"t": "presence", "room": key, "counts": counts}))
        await self.catch_up(connection, feed, cursor)

    def admit(self, connection: Connection, key: str, viewer: Viewer) -> bool:
        """Let a connection follow a room in which nothing is logged, without a question to the database.

        It replaces the one that it was admitted to before: rooms do not add up over a day.
        """
        if connection not in self.connections or key in connection.viewers:
            return False
        if connection.admitted in connection.viewers:
            self.leave(connection, connection.admitted)
        connection.admitted = key
        feed = self.feeds.setdefault(key, Feed(key, viewer.parent, 0, self.laggards.add))
        connection.viewers[key] = viewer
        feed.followers[connection.identity] += 1
        connection.counted.add(key)
        feed.attach(connection)
        return True

    async def catch_up(self, connection: Connection, feed: Feed, cursor: int) -> None:
        """Send what is between `cursor` and the feed's, then attach: no event is left out, none sent twice."""
        viewer = connection.viewers[feed.key]
        group = viewer.group(connection.language)
        while cursor < feed.cursor:  # a block at a time: not more in memory than one reader may take
            upto, missed = await feed.replay.after(cursor, feed.cursor, group, self.database)
            data = b"".join(event.frame for event in missed if viewer.sees(event.audience))
            if connection.viewers.get(feed.key) is not viewer:
                return
            cursor = upto
            if data and connection.wire.send(data) > MAX_BACKLOG:
                self.laggards.add(connection, feed.key, cursor)
                return
        feed.attach(connection)
        metrics.counts["catch_ups_total"] += 1
        connection.wire.send(frame({"t": "joined", "room": feed.key, "seq": cursor} | self._now()))

    def leave(self, connection: Connection, key: str) -> None:
        """Forget a connection's place in a room."""
        feed = self.feeds.get(key)
        if feed is not None and key in connection.viewers:
            feed.detach(connection)
        connection.viewers.pop(key, None)
        connection.lagging.pop(key, None)
        if feed is None:
            return
        if key in connection.counted:  # a join may have failed before it was
            connection.counted.discard(key)
            feed.followers[connection.identity] -= 1
            if feed.followers[connection.identity] <= 0:
                del feed.followers[connection.identity]
        if not feed.followers and not feed.pumping and not feed.turn.locked():
            del self.feeds[key]

    def leave_all(self, connection: Connection) -> None:
        """The socket is gone."""
        self.connections.discard(connection)
        self.laggards.forget(connection)
        for key in list(connection.viewers):
            self.leave(connection, key)

    async def expel(self, connection: Connection, code: int) -> None:
        """Close a socket; it gets nothing more from this moment on."""
        self.leave_all(connection)
        await connection.close(code)

    # --- the clock ----------------------------------------------------------------------------------------------------
    def every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do work again and again, so many seconds after it was done."""
        self.spawn(self._every(seconds, work))

    async def _every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception as error:  # the database may be away for a while
                logger.warning("%s failed: %s", getattr(work, "__name__", work), error)

    async def _poll(self) -> None:
        """Look at the heads (a ring may be lost) and at the followers."""
        self._clock = await self.database(clock.timestamp), time.monotonic()
        for key, head in (await self.database(Room.heads, [*self.feeds, REVOKED])).items():
            self.ring(key, head)
        for key, feed in list(self.feeds.items()):
            if not feed.followers and not feed.pumping and not feed.turn.locked():
                del self.feeds[key]
        await self.revocations.sweep()
        await self.presence.count()

    async def _tell_present(self) -> None:
        """Tell the apps that ask which sign-ins have a socket here."""
        keys = {connection.session_key for connection in self.connections} - {None}
        for present in registry.all("present") if keys else ():
            await self.database(present, keys)

    def _now(self) -> dict[str, int]:
        """The database's time in milliseconds since 1970, as frames say it; nothing before it was asked for."""
        return {"now": self.milliseconds()} if self._clock else {}

    def milliseconds(self) -> int:
        """The database's time in milliseconds since 1970; the machine's before that was asked for."""
        moment, at = self._clock or (time.time(), time.monotonic())
        return round((moment + time.monotonic() - at) * 1000)

    async def _beat(self) -> None:
        """Tell every socket how far its rooms are: a silent link shows, and cursors move past others' events."""
        await asyncio.gather(*map(self._beat_in, list(self.feeds.values())))

    async def _beat_in(self, feed: Feed) -> None:
        async with feed.turn:  # in the middle of a write the cursor is ahead of some members
            data = frame({"t": "head", "room": feed.key, "seq": feed.cursor} | self._now())
            await feed.spread(feed.members(), data)

    async def drain(self) -> None:
        """Send every socket away, spread over DRAIN seconds, to come back elsewhere: the process stops."""
        self.draining = True
        leaving = list(self.connections)
        for number, connection in enumerate(leaving, 1):
            # They keep getting events until their turn, and come back over a time that grows with their number.
            delay = random.randint(0, 500 + COME_BACK * len(leaving))
            connection.wire.send(frame({"t": "bye", "delay": delay}))
            await self.expel(connection, codes.GOING_AWAY)
            if number % max(1, len(leaving) // DRAIN_STEPS) == 0:
                await asyncio.sleep(DRAIN / DRAIN_STEPS)
        doorbell.install(None)
        for task in list(self._tasks):
            task.cancel()
        await self.database(self.presence.reporter.withdraw)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            logger.error("A task of the hub failed", exc_info=task.exception())


_hub: Hub | None = None


def running() -> Hub:
    """This process's hub, started at the first socket."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
        _hub.start()
    return _hub


def existing() -> Hub | None:
    """This process's hub if a socket has started it."""
    return _hub
