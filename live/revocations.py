"""Rights outlive nothing: open sockets follow when a participant is banned, signed out or loses a role.

A revocation is an event in a log of its own. Like any other it rings the doorbell and is found by the poll when the
ring is lost. Only that participant's, or that room's, sockets are looked at again. What nobody announced (a sign-in
that expired, a row changed by hand) is found by a slow sweep.
"""

from collections import defaultdict
from contextlib import AsyncExitStack
from datetime import timedelta
from time import monotonic
from typing import Protocol

from django.db import transaction

from common import clock
from live import codes
from live.audiences import NOBODY
from live.feed import Connection, Feed
from live.log import append, between
from live.models import Event, epoch_of
from live.protocols import Listener, Workers
from live.sign_ins import SignIns
from live.viewer import viewers_of_all

REVOKED = "revoked"  # the room in whose log the revocations stand; nobody may join it
SWEEP = 50  # sockets looked at again with each poll
TOGETHER = 200  # sockets looked at again with the same handful of queries
MARGIN = timedelta(minutes=1)  # a transaction may commit this long after it wrote; to look once too often is harmless


def recheck(participant_id: int) -> None:
    """Let every process look again at what a participant's open sockets may see, as soon as this commits."""
    with transaction.atomic():
        append(REVOKED, "live.revoked", {}, audience=NOBODY, participant_id=participant_id)


def recheck_room(key: str) -> None:
    """Let every process look again at who may follow a room, as soon as this commits."""
    with transaction.atomic():
        append(REVOKED, "live.revoked", {"room": key}, audience=NOBODY)


def end_copies() -> None:
    """Let every process draw its shared pages anew, as soon as this commits: something was taken out of them."""
    recheck_room("")


class Hub(Workers, Protocol):
    """Where the sockets are, and how they lose a room or are closed."""

    feeds: dict[str, Feed]
    connections: set[Connection]
    listeners: list[Listener]
    sign_ins: SignIns

    def leave(self, connection: Connection, key: str) -> None:
        """Take a socket out of a room."""

    async def expel(self, connection: Connection, code: int) -> None:
        """Close a socket; it gets nothing more from this moment on."""


class Revocations:
    """One process's place in the log of revocations."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.cursor: int | None = None
        self._started = monotonic()
        self.head = 0
        self._following = False
        self._waiting: list[Connection] = []

    def ring(self, head: int) -> None:
        """The log has reached `head`."""
        if self.cursor is not None and epoch_of(head) > epoch_of(self.cursor):
            return self.set_back(head)
        self.head = max(head, self.head)
        if not self._following and (self.cursor is None or self.head > self.cursor):
            self._following = True
            self.hub.spawn(self._follow())

    def set_back(self, head: int) -> None:
        """The database was set back: go on from `head`, and look again at every socket."""
        self.head = self.cursor = head
        self.hub.spawn(self._look_at_all())

    async def _look_at_all(self) -> None:
        connections = list(self.hub.connections)
        for at in range(0, len(connections), TOGETHER):
            await self.look_again(connections[at : at + TOGETHER])

    async def _follow(self) -> None:
        """Look again at the sockets of everyone who is named since the cursor."""
        try:
            if self.cursor is None:
                self.cursor = await self.hub.database(self._at_start)
            while self.cursor < self.head:
                events = await self.hub.database(between, REVOKED, self.cursor, self.head)
                if not events:
                    break
                # In one step: a join under way sees that the cursor has moved, a finished one is in the list.
                self.cursor = events[-1].seq
                participants = {event.participant_id for event in events if event.participant_id is not None}
                rooms = {event.data["room"] for event in events if event.data}
                for listener in self.hub.listeners:
                    listener.rechecked(participants, rooms)
                affected = [
                    connection
                    for connection in self.hub.connections
                    if connection.identity in participants or not rooms.isdisjoint(connection.viewers)
                ]
                await self._look_again_before_more(rooms, affected)
        finally:
            self._following = False

    def _at_start(self) -> int:
        """The newest seq of before this process had any socket."""
        started = clock.now() - timedelta(seconds=monotonic() - self._started) - MARGIN
        events = Event.objects.filter(room__key=REVOKED, created_at__lt=started)
        return events.order_by("-seq").values_list("seq", flat=True).first() or 0

    async def sweep(self) -> None:
        """Look again at the next few sockets, all of them in turn."""
        if not self._waiting:
            self._waiting = list(self.hub.connections)
        connections, self._waiting = self._waiting[:SWEEP], self._waiting[SWEEP:]
        await self.look_again(connections)

    async def _look_again_before_more(self, rooms: set[str], affected: list[Connection]) -> None:
        """Those rooms tell nothing more until everyone in them has been looked at again."""
        async with AsyncExitStack() as turns:
            for key in sorted(rooms & self.hub.feeds.keys()):
                await turns.enter_async_context(self.hub.feeds[key].turn)
            for at in range(0, len(affected), TOGETHER):
                await self.look_again(affected[at : at + TOGETHER])

    async def look_again(self, connections: list[Connection]) -> None:
        """Close the sockets among them whose rights are not what they were when they joined."""
        keys_by_session: defaultdict[str | None, set[str]] = defaultdict(set)
        for connection in connections:
            keys_by_session[connection.session_key] |= connection.viewers.keys()
        viewers = await self.hub.database(viewers_of_all, keys_by_session) if keys_by_session else {}
        for connection in connections:
            now = {key: viewers.get((connection.session_key, key), was) for key, was in connection.viewers.items()}
            for key in [key for key, was in connection.viewers.items() if was.passing and now[key] is None]:
                self.hub.leave(connection, key)
                del now[key]
            if now != connection.viewers:
                self.hub.sign_ins.drop(connection.session_key)
            if None in now.values():
                await self.hub.expel(connection, codes.FORBIDDEN)
            elif now != connection.viewers:
                await self.hub.expel(connection, codes.RIGHTS_CHANGED)
