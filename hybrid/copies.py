"""Copies of pages that are the same for many: drawn once, kept compressed, ended by the log.

A copy stands for its rooms as they were. What happens there ends it; what changes rights in a room ends all copies.
Rings may be lost, so the rooms' heads are asked for as well: where nobody could ask for them, no copy is given away.
"""

import asyncio
import time
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field

from hybrid.encodings import SharedBody
from live.hub import Hub
from live.models import Room
from live.revocations import REVOKED

LOOK = 0.5  # seconds between two looks at the rooms' heads
UNSURE = 2.0  # seconds after the last successful look in which copies still hold
OLDEST = 10.0  # seconds that a copy is kept while nothing happens: it may show the time, or numbers of followers
BUSY = 1.0  # seconds that a page is kept in a room where something happens all the time: its socket brings the rest
ALONE = 0.5  # seconds that a part of a page is kept there: no socket brings the rest
AT_ONCE = 3  # drawings in a row, one ended by the log after the other, before copies are kept for so long
MOST_BYTES = 64 * 1024 * 1024  # of all copies
IDLE = 60.0  # seconds after which a copy that nobody asks for is dropped


@dataclass
class Copy:
    """A page as a cohort sees it. `end` follows a person's own part, if the page has a place for it."""

    headers: list[tuple[bytes, bytes]]
    body: SharedBody
    end: bytes | None
    tag: str
    rooms: dict[str, int]  # key -> the head that it stands for
    began: float = 0.0  # time.monotonic() before it was drawn
    moment: int = 0  # the hub's milliseconds then
    overtaken: bool = False
    row: int = 1  # how many in a row were drawn, each soon after the one before
    asked: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        """Bytes, roughly: the plain body and two compressed ones."""
        return len(self.body.plain) * 3 // 2 + 1000


Draw = Callable[[], Awaitable[Copy | None]]


class Copies:
    """The copies of this process. Draws that are asked for together are one."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._copies: OrderedDict[Hashable, Copy] = OrderedDict()
        self._drawing: dict[Hashable, tuple[int, asyncio.Task[Copy | None]]] = {}
        self._by_room: defaultdict[str, set[Hashable]] = defaultdict(set)
        self._heads: dict[str, int] = {}
        self._looked = 0.0
        self._bytes = 0
        self._ended = 0  # how often all copies were ended
        self.drawn = 0

    async def get(self, key: Hashable, newer_than: int, draw: Draw) -> Copy | None:
        """The page, drawn after that moment (the hub's milliseconds); None when `draw` says that it is not for many."""
        while True:
            copy = self._copies.get(key)
            if copy and copy.moment > newer_than and self._holds(copy):
                self._copies.move_to_end(key)
                copy.asked = time.monotonic()
                return copy
            moment, drawing = self._drawing.get(key, (0, None))
            if drawing is None:
                moment = self._hub.milliseconds()
                drawing = asyncio.ensure_future(self._draw(key, moment, draw))
                self._drawing[key] = moment, drawing
            copy = await asyncio.shield(drawing)
            if moment > newer_than:
                return copy

    def _holds(self, copy: Copy) -> bool:
        now = time.monotonic()
        age = now - copy.began
        sure = not copy.rooms or now - max(self._looked, copy.began) < UNSURE
        return sure and age < (self._kept_when_busy(copy) if copy.overtaken else OLDEST)

    @staticmethod
    def _kept_when_busy(copy: Copy) -> float:
        """Seconds that a page is kept although its room moves on; 0 where that happens now and then."""
        if copy.row < AT_ONCE:
            return 0.0
        return ALONE if copy.end is None else BUSY

    async def _draw(self, key: Hashable, moment: int, draw: Draw) -> Copy | None:
        try:
            while True:
                began, ended = time.monotonic(), self._ended
                copy = await draw()
                if ended == self._ended:  # else it may show what was taken away meanwhile
                    break
            if copy is not None:
                copy.began, copy.moment = began, moment
                self._keep(key, copy)
            return copy
        finally:
            del self._drawing[key]

    def _keep(self, key: Hashable, copy: Copy) -> None:
        self.drawn += 1
        last = self._copies.get(key)
        if last and copy.began - last.began < 2 * BUSY:
            copy.row = last.row + 1
        self._drop(key)
        self._copies[key] = copy
        self._bytes += copy.size
        for room, head in copy.rooms.items():
            if room not in self._by_room:  # nobody has looked at it so far
                self._heads[room] = head
            self._by_room[room].add(key)
            copy.overtaken |= self._heads.get(room, 0) > head
        while self._bytes > MOST_BYTES and len(self._copies) > 1:
            self._drop(next(iter(self._copies)))

    def _drop(self, key: Hashable) -> None:
        if (copy := self._copies.pop(key, None)) is None:
            return
        self._bytes -= copy.size
        for room in copy.rooms:
            self._by_room[room].discard(key)
            if not self._by_room[room]:
                del self._by_room[room], self._heads[room]

    def reached(self, key: str, head: int) -> None:
        """A room has moved on: copies that stand for less are drawn anew when they are asked for."""
        if key not in self._by_room or head <= self._heads.get(key, 0):
            return
        self._heads[key] = head
        for copy in [self._copies[each] for each in self._by_room[key]]:
            copy.overtaken |= copy.rooms[key] < head

    def end_all(self) -> None:
        """Somebody may not see any more what they saw."""
        self._ended += 1
        for key in list(self._copies):
            self._drop(key)

    async def look(self) -> None:
        """Ask how far the rooms are, and drop what nobody asks for."""
        began = time.monotonic()
        for key in [key for key, copy in self._copies.items() if began - copy.asked > IDLE]:
            self._drop(key)
        known = dict(self._heads)
        heads = await self._hub.database(Room.heads, [*self._by_room, REVOKED])
        if any(head < known.get(room, 0) for room, head in heads.items()):  # the database was set back
            self.end_all()
        for room, head in heads.items():
            self._hub.ring(room, head)
        self._looked = began
