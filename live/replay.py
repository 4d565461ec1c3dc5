"""What a room's log shows to those who come back: read and rendered once for all of them, however their cursors lie.

The log is taken in blocks, so that a thousand different cursors ask for the same few; a block grows with the log.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from live.log import between
from live.models import Event
from live.viewer import Group

BLOCK = 32  # events
KEPT = 2_000_000  # bytes of a room in this process at most
LIFETIME = 10.0  # seconds after which what was rendered is forgotten


class Rendered(NamedTuple):
    """One event as a group may be shown it; the audience is checked for each viewer."""

    seq: int
    audience: str
    frame: bytes


@dataclass(eq=False)
class Block:
    """Rendered events of one block for one group, up to `upto`."""

    upto: int
    events: list[Rendered] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


Render = Callable[[list[Event], Group], list[Rendered]]
Work = Callable[[], list[Rendered]]


class Replay:
    """One room's blocks. `run` does database work elsewhere, `render` makes the frames."""

    def __init__(self, key: str, render: Render) -> None:
        self.key = key
        self._render = render
        self._blocks: dict[tuple[int, Group], Block] = {}
        self._size = 0
        self._since = 0.0

    async def after(
        self, cursor: int, head: int, group: Group, run: Callable[[Work], Awaitable[list[Rendered]]]
    ) -> tuple[int, list[Rendered]]:
        """How far the block of the next event goes now (`head` at most), and what of it comes after `cursor`."""
        self._forget_old()
        start = cursor // BLOCK * BLOCK
        upto = min(head, start + BLOCK)
        block = self._blocks.setdefault((start, group), Block(start))
        async with block.lock:
            if block.upto < upto:
                after = block.upto
                new = await run(lambda: self._render(between(self.key, after, upto), group))
                block.events += new
                block.upto = upto
                self._weigh(new)
        return upto, [event for event in block.events if cursor < event.seq <= upto]

    def _weigh(self, events: list[Rendered]) -> None:
        self._size += sum(len(event.frame) for event in events)
        if self._size > KEPT:
            self.forget()

    def _forget_old(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._since > LIFETIME:
            self.forget()
            self._since = now

    def forget(self) -> None:
        """Drop what was rendered: the log no longer says it."""
        self._blocks.clear()
        self._size = 0
