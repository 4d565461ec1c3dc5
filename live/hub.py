"""The hub: one per server process. It reads the log once, renders once and hands the bytes to every socket."""

import asyncio
import random
from functools import partial

from django.conf import settings

from common.registry import registry
from live import codes, doorbell, metrics
from live.admission import Admission
from live.feed import MAX_BACKLOG, Connection, Feed
from live.heartbeat import HEARTBEAT, Heartbeat
from live.laggards import LOOK, Laggards
from live.models import epoch_of
from live.own import KINDS, OwnThings
from live.poll import Poll
from live.presence import PRESENT, Followers
from live.protocols import Listener
from live.pump import Pump
from live.revocations import REVOKED, Revocations
from live.sign_ins import SignIns
from live.tasks import Tasks
from live.viewer import Viewer
from live.volatile import INTERVAL, Volatile
from live.wire import frame
from live.writes import Writes

MAX_CATCH_UP = 500  # events; who missed more gets a fresh page instead
TICK = 1.0  # seconds between the calls of the declared ticks
DRAIN, DRAIN_STEPS = 3.0, 30  # seconds over which a stopping process closes its sockets, and in how many portions
COME_BACK = 1  # milliseconds of delay at most for each socket of a stopping process


class Hub(Tasks):
    """Feeds of the rooms that this process's sockets follow, and the tasks that keep them moving."""

    def __init__(self) -> None:
        super().__init__()
        self.feeds: dict[str, Feed] = {}
        self.connections: set[Connection] = set()
        self.draining = False
        self.revocations = Revocations(self)
        self.sign_ins = SignIns(self)
        self.admission = Admission(self)
        self.own = OwnThings(self)
        self.presence = Followers(self)
        self.laggards = Laggards(self)
        self.listeners: list[Listener] = [self.sign_ins, *registry.listeners()]
        self._outgoing: dict[str, int] = {}
        self._touched: list[list[str]] = []
        self._passing_on = False
        self.pump = Pump(self)
        self.poll = Poll(self)
        self.heartbeat = Heartbeat(self)
        self.volatile = Volatile(self)
        self.writes = Writes(self)

    def start(self) -> None:
        """Begin to listen, poll and beat."""
        doorbell.install(self)
        self.spawn(doorbell.listen(self))
        self.spawn(self._poll())  # at once: what is not known yet cannot be noticed to be set back
        for seconds, work in (
            (settings.LIVE_POLL, self._poll),
            (HEARTBEAT, self.heartbeat.beat),
            (INTERVAL, self.volatile.push),
            (INTERVAL, self.own.push),
            (LOOK, self.laggards.look),
            (PRESENT, self.presence.tell_present),
        ):
            self.every(seconds, work)
        for tick in registry.ticks():
            self.every(TICK, partial(self.database, tick))

    # --- rings --------------------------------------------------------------------------------------------------------
    def ring_from_thread(self, key: str, head: int) -> None:
        """A transaction of this process has committed: serve the local sockets, then tell the other processes."""
        self.loop.call_soon_threadsafe(self._rung_here, key, head)

    def _rung_here(self, key: str, head: int) -> None:
        self.ring(key, head)
        self._outgoing[key] = max(head, self._outgoing.get(key, 0))
        self._pass_on()

    def tell_others(self, key: str, kind: str, item: str) -> None:
        """Touch something in the other processes, at once."""
        self._touched.append([key, kind, item])
        self._pass_on()

    def touch(self, key: str, kind: str, item: str) -> None:
        """Something volatile or somebody's own has changed in the room, in another process."""
        if kind in KINDS:
            return self.own.touched(key, kind, item)
        self._tell_listeners(key, kind, item)
        self.volatile.touch(key, kind, item)

    def touch_from_thread(self, key: str, kind: str, item: str) -> None:
        """A transaction of this process has changed something volatile or somebody's own."""
        self.loop.call_soon_threadsafe(self._touched_here, key, kind, item)

    def _touched_here(self, key: str, kind: str, item: str) -> None:
        if kind in KINDS:
            self.own.touched(key, kind, item, is_here=True)
            return self.volatile.pass_on(key, kind, item)
        self._tell_listeners(key, kind, item)
        self.volatile.touched_here(key, kind, item)

    def _tell_listeners(self, key: str, kind: str, item: str) -> None:
        for listener in self.listeners:
            listener.touched(key, kind, item)

    def _pass_on(self) -> None:
        if not self._passing_on:
            self._passing_on = True
            self.spawn(self._ring_others())

    async def _ring_others(self) -> None:
        """What comes while one message is on its way to Redis goes together in the next: each costs a third of a
        millisecond here, and as much in every process."""
        await asyncio.sleep(0)
        try:
            while self._outgoing or self._touched:
                heads, self._outgoing = self._outgoing, {}
                touched, self._touched = self._touched, []
                await doorbell.send_quietly(heads, touched)
        finally:
            self._passing_on = False

    def ring(self, key: str, head: int) -> None:
        """The room has reached `head`: deliver what is new."""
        if key == REVOKED:
            return self.revocations.ring(head)
        for listener in self.listeners:
            listener.reached(key, head)
        feed = self.feeds.get(key)
        if feed is not None:
            self.pump.ring(feed, head)

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
        newest = max(head, feed.cursor)
        if cursor > newest or epoch_of(cursor) != epoch_of(newest) or feed.cursor - cursor > MAX_CATCH_UP:
            return self.send_afresh(connection, key)
        await self.catch_up(connection, feed, cursor)

    def send_afresh(self, connection: Connection, key: str) -> None:
        """Tell a connection to load the page afresh, and take it out of the room until it has."""
        self.leave(connection, key)
        connection.wire.send(frame({"t": "snapshot", "room": key}))

    def languages(self) -> dict[str, set[str]]:
        """Room key -> the languages in which this process shows it."""
        return {key: {group.language for group in list(feed.groups)} for key, feed in list(self.feeds.items())}

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
            if epoch_of(cursor) != epoch_of(feed.cursor):
                return self.send_afresh(connection, feed.key)
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
        joined = frame({"t": "joined", "room": feed.key, "seq": cursor} | self.heartbeat.now())
        if counts := self.presence.counts.get(feed.key):
            joined += frame({"t": "presence", "room": feed.key, "counts": counts})
        connection.wire.send(joined)

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
    async def _poll(self) -> None:
        """Look at the heads (a ring may be lost) and at the followers."""
        await self.heartbeat.ask()
        await self.poll.look()
        for key, feed in list(self.feeds.items()):
            if not feed.followers and not feed.pumping and not feed.turn.locked():
                del self.feeds[key]
        await self.revocations.sweep()
        await self.presence.count()

    def milliseconds(self) -> int:
        """The database's time in milliseconds since 1970; the machine's before that was asked for."""
        return self.heartbeat.milliseconds()

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
        self.cancel()
        await self.database(self.presence.reporter.withdraw)


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
