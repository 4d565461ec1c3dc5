"""One run: an installation under load, a fault, calm, and the ledger's verdict."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.conftest import Stack
from tests.faults.crowd import Writer, listen
from tests.faults.ledger import Ledger, Listener

CALM = 60.0  # seconds that healing may take before what is missing counts as lost

BUILD = """
from tests import world
from sessions.models import *
made = world.build()
session = Session.objects.get(pk=made["session"])
writers = [world.participant(f"w{n}-{made['slug']}", "attendee", session.edition, session) for n in range(count)]
result = {"session": session.pk, "attendee": made["cookies"]["attendee"], "moderator": made["cookies"]["moderator"],
          "writers": [world.cookie(one) for one in writers]}
"""
STAFF_NOTE = """
from django.db import transaction
from live.models import append
with transaction.atomic():
    append(room, "chat.removed", {"id": "note"}, audience="staff")
"""
STORED = """
from live.models import Event
result = [[e.seq, str(e.client_id), e.audience] for e in Event.objects.filter(room__key=room).order_by("seq")]
"""


@dataclass
class Size:
    """How large a run is."""

    listeners: int
    writers: int
    every: float  # seconds between a writer's messages
    before: float = 2.0  # seconds of load before the fault
    calm: float = CALM


SMALL = Size(listeners=60, writers=8, every=1.3)
FULL = Size(listeners=500, writers=65, every=1.3, before=10.0)

Fault = Callable[[Stack], Awaitable[None]]


async def run(stack: Stack, fault: Fault, size: Size, catch_up: bool = True) -> tuple[dict[str, int], float]:
    """Counts of what must be 0, and the seconds to heal (see Ledger.staleness)."""
    place = await asyncio.to_thread(stack.call, BUILD, count=size.writers)
    room, ledger = f"session:{place['session']}", Ledger()
    ports = [server.port for server in stack.servers]
    tasks = []
    for number in range(size.listeners):
        staff = number % 10 == 0
        listener = Listener(frozenset({"everyone", "staff"} if staff else {"everyone"}))
        ledger.listeners.append(listener)
        cookie = place["moderator" if staff else "attendee"]
        tasks.append(asyncio.create_task(listen(ledger, listener, ports, room, cookie, catch_up)))
    stop = asyncio.Event()
    posting = [Writer(ledger, ports, place["session"], cookie).write(size.every, stop) for cookie in place["writers"]]
    writing = [asyncio.create_task(one) for one in posting]
    await asyncio.sleep(size.before)
    await asyncio.to_thread(stack.call, STAFF_NOTE, room=room)
    await fault(stack)
    stop.set()
    await asyncio.wait(writing, timeout=size.calm)
    ledger.stored = [tuple(row) for row in await asyncio.to_thread(stack.call, STORED, room=room)]
    await _calm(ledger, size.calm)
    for task in tasks + writing:
        task.cancel()
    await asyncio.gather(*tasks, *writing, return_exceptions=True)
    if len(ledger.acknowledged) < size.writers or not all(listener.seen for listener in ledger.listeners):
        raise AssertionError("Too little happened for a verdict")
    return ledger.verdict(), ledger.staleness()


async def _calm(ledger: Ledger, patience: float) -> None:
    """Wait until every listener has the newest event that is for it, at most `patience` seconds."""
    newest = {
        who: max((seq for seq, _, audience in ledger.stored if audience in who), default=0)
        for who in {listener.allowed for listener in ledger.listeners}
    }
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if all(listener.seen[-1:] >= [newest[listener.allowed]] for listener in ledger.listeners):
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)  # what comes twice comes now
