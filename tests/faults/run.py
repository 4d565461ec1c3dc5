"""One run: an installation under load, a fault, calm, and the ledger's verdict."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from tests.conftest import Stack
from tests.faults.crowd import Way, Writer, listen
from tests.faults.faults import Fault, Scene
from tests.faults.ledger import Ledger, Listener, percentile
from tests.proxy import Proxy

CALM = 60.0  # seconds that healing may take before what is missing counts as lost


@dataclass
class Size:
    """How large a run is."""

    listeners: int
    writers: int
    every: float  # seconds between a writer's messages
    before: float = 2.0  # seconds of load before the fault
    after: float = 2.0  # and after it
    calm: float = CALM


SMALL = Size(listeners=60, writers=8, every=1.3)
WRITERS = Size(listeners=30, writers=50, every=1.3)
FULL = Size(listeners=500, writers=65, every=1.3, before=10.0, after=10.0)


@dataclass
class Outcome:
    """What a run has shown: counts of what must be 0, and how long listeners waited for what the fault held up."""

    counts: dict[str, int]
    delays: list[float]  # see Ledger.delays
    slowest_write: float  # seconds from a submission to its acknowledgement

    @property
    def p99(self) -> float:
        return percentile(self.delays, 0.99)

    @property
    def longest(self) -> float:
        return percentile(self.delays, 1)


async def run(stack: Stack, fault: Fault, size: Size, catch_up: bool = True) -> Outcome:
    """Let a crowd write and listen, let the fault happen, wait for calm, and compare."""
    place = await asyncio.to_thread(stack.call, "tests.programs.faults:crowd", count=size.writers)
    room, ledger, stop = f"session:{place['session']}", Ledger(), asyncio.Event()
    async with Proxy(stack.servers[0].port) as tunnel:
        listening, writing = _crowd(stack, tunnel if fault.tunnel else None, size, place, ledger, stop, catch_up)
        await asyncio.sleep(size.before)
        await asyncio.to_thread(stack.call, "tests.programs.live:publish", room=room, word="note", audience="staff")
        since = time.monotonic()
        await fault.happen(Scene(stack, tunnel))
        await asyncio.sleep(size.after)
        stop.set()
        await asyncio.wait(writing, timeout=size.calm)
        ledger.stored = [
            tuple(row) for row in await asyncio.to_thread(stack.call, "tests.programs.live:log", room=room)
        ]
        await _calm(ledger, size.calm)
        delays = ledger.delays(since, time.monotonic())
        for task in listening + writing:
            task.cancel()
        await asyncio.gather(*listening, *writing, return_exceptions=True)
    if len(ledger.acknowledged) < size.writers or not all(listener.seen for listener in ledger.listeners):
        raise AssertionError("Too little happened for a verdict")
    return Outcome(ledger.verdict(), delays, ledger.slowest_write())


def _crowd(
    stack: Stack,
    tunnel: Proxy | None,
    size: Size,
    place: dict[str, Any],
    ledger: Ledger,
    stop: asyncio.Event,
    catch_up: bool,
) -> tuple[list[asyncio.Task[None]], list[asyncio.Task[None]]]:
    """Tasks that listen and tasks that write; a fifth of each go through the tunnel when there is one."""
    ports = [server.port for server in stack.servers]

    def way(number: int) -> Way:
        return Way(ports, tunnel.port if tunnel and number % 5 == 0 else None)

    listening = []
    for number in range(size.listeners):
        staff = number % 9 == 0
        listener = Listener(frozenset({"everyone", "staff"} if staff else {"everyone"}))
        ledger.listeners.append(listener)
        cookie = place["moderator" if staff else "attendee"]
        work = listen(ledger, listener, way(number), f"session:{place['session']}", cookie, catch_up)
        listening.append(asyncio.create_task(work))
    writers = [Writer(ledger, way(number), place["session"], cookie) for number, cookie in enumerate(place["writers"])]
    return listening, [asyncio.create_task(writer.write(size.every, stop)) for writer in writers]


async def _calm(ledger: Ledger, patience: float) -> None:
    """Wait until every listener has the newest event that is for it, at most `patience` seconds."""
    newest = {
        who: max((seq for seq, _, audience in ledger.stored if audience in who), default=0)
        for who in {listener.allowed for listener in ledger.listeners}
    }
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if all(listener.newest >= newest[listener.allowed] for listener in ledger.listeners):
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)  # what comes twice comes now
