"""Rights outlive nothing: open sockets follow when a participant is banned, signed out or loses a role.

A revocation is an event in a log of its own. Like any other it rings the doorbell and is found by the poll when the
ring is lost. Only that participant's, or that room's, sockets are looked at again. What nobody announced (a sign-in
that expired, a row changed by hand) is found by a slow sweep.
"""

from collections import defaultdict
from contextlib import AsyncExitStack
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from common import clock
from live import codes
from live.feed import Connection
from live.models import REVOKED, Event, between
from live.viewer import viewers_of_all

if TYPE_CHECKING:
    from live.hub import Hub

SWEEP = 50  # sockets looked at again with each poll
TOGETHER = 200  # sockets looked at again with the same handful of queries
MARGIN = timedelta(minutes=1)  # a transaction may commit this long after it wrote; to look once too often is harmless


class Revocations:
    """One process's place in the log of revocations."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.cursor: int | None = None
        self._started = monotonic()
        self._head = 0
        self._following = False
        self._waiting: list[Connection] = []

    def ring(self, head: int) -> None:
        """The log has reached `head`."""
        self._head = max(head, self._head)
        if not self._following and (self.cursor is None or self._head > self.cursor):
            self._following = True
            self.hub.spawn(self._follow())

    async def _follow(self) -> None:
        """Look again at the sockets of everyone who is named since the cursor."""
        try:
            if self.cursor is None:
                self.cursor = await self.hub.database(self._at_start)
            while self.cursor < self._head:
                named = await self.hub.database(between, REVOKED, self.cursor, self._head)
                if not named:
                    break
                # In one step: a join under way sees that the cursor has moved, a finished one is in the list.
                self.cursor = named[-1].seq
                people = {event.participant_id for event in named} - {None}
                rooms = {event.data["room"] for event in named if event.data}
                touched = [
                    one for one in self.hub.connections if one.identity in people or not rooms.isdisjoint(one.viewers)
                ]
                await self._look_again_before_more(rooms, touched)
        finally:
            self._following = False

    def _at_start(self) -> int:
        """The newest seq of before this process had any socket."""
        started = clock.now() - timedelta(seconds=monotonic() - self._started) - MARGIN
        found = Event.objects.filter(room__key=REVOKED, created_at__lt=started)
        return found.order_by("-seq").values_list("seq", flat=True).first() or 0

    async def sweep(self) -> None:
        """Look again at the next few sockets, all of them in turn."""
        if not self._waiting:
            self._waiting = list(self.hub.connections)
        some, self._waiting = self._waiting[:SWEEP], self._waiting[SWEEP:]
        await self.look_again(some)

    async def _look_again_before_more(self, rooms: set[str], touched: list[Connection]) -> None:
        """Those rooms tell nothing more until everyone in them has been looked at again."""
        async with AsyncExitStack() as turns:
            for key in sorted(rooms & self.hub.feeds.keys()):
                await turns.enter_async_context(self.hub.feeds[key].turn)
            for at in range(0, len(touched), TOGETHER):
                await self.look_again(touched[at : at + TOGETHER])

    async def look_again(self, connections: list[Connection]) -> None:
        """Close the sockets among them whose rights are not what they were when they joined."""
        asked: defaultdict[str | None, set[str]] = defaultdict(set)
        for connection in connections:
            asked[connection.session_key] |= connection.viewers.keys()
        known = await self.hub.database(viewers_of_all, asked) if asked else {}
        for connection in connections:
            now = {key: known.get((connection.session_key, key), was) for key, was in connection.viewers.items()}
            for key in [key for key, was in connection.viewers.items() if was.passing and now[key] is None]:
                self.hub.leave(connection, key)
                del now[key]
            if None in now.values():
                await self.hub.expel(connection, codes.FORBIDDEN)
            elif now != connection.viewers:
                await self.hub.expel(connection, codes.RIGHTS_CHANGED)
