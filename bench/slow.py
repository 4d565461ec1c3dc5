"""Slow readers and floods: what they cost the process, and the healthy clients beside them.

RATE bytes a second are published to a room that HEALTHY clients read, first alone, then beside SLOW sockets that never
read. Then one socket after the other floods the server with frames of one kind.
"""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from array import array

from bench.herd import handshake, masked
from bench.link import Link, open_all
from bench.place import Place, installation, memory, percentile
from tests import servers

NAME = "slow"
SLOW, HEALTHY = 50, 5
SECONDS = float(os.environ.get("BENCH_SECONDS", 120))
ALONE = min(30.0, SECONDS)  # seconds of the healthy ones alone
SIZE, EACH = 50_000, 200  # bytes of an event, and events a second: 10 MB/s
FLOOD = 30.0  # seconds that a flood may last
MEGABYTE = 1_000_000


class Reader(Link):
    """A healthy client: `delays` are the seconds from the publisher to here."""

    def __init__(self, port: int, cookie: str, room: str) -> None:
        super().__init__(port, cookie, room)
        self.delays = array("d")

    def saw(self, payload: bytes) -> None:
        if found := re.search(rb"@(\d+\.\d+)@", payload[:300]):
            self.delays.append(time.time() - float(found[1]))


def never_reads(place: Place, number: int, room: str) -> socket.socket:
    """A socket that joins and reads nothing more."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.connect(("127.0.0.1", place.ports[0]))
    one.sendall(handshake(place.ports[0], place.cookies[number]))
    one.recv(1024)
    one.sendall(masked(json.dumps({"join": {room: 0}}).encode()))
    return one


async def published(place: Place, room: str, seconds: float, slow: int) -> dict[str, float]:
    """Publish for so long to HEALTHY clients beside `slow` others; delays in ms, memory in MB."""
    readers = [Reader(place.ports[0], place.cookies[number], room) for number in range(HEALTHY)]
    await open_all(readers, 30)
    pid = place.servers[0].process.pid
    before = most = memory(pid)
    stuck = [never_reads(place, HEALTHY + number, room) for number in range(slow)]
    values = {"room": room, "seconds": seconds, "each": EACH, "size": SIZE}
    writing = asyncio.create_task(asyncio.to_thread(place.call, "bench.programs.writing:publish", **values))
    while not writing.done():
        await asyncio.sleep(0.2)
        most = max(most, memory(pid))
    count = await writing
    await asyncio.sleep(3)
    if any(reader.lost for reader in readers):
        raise AssertionError(f"Healthy clients were closed: {[reader.code for reader in readers]}, {slow} slow ones")
    for reader in readers:
        reader.transport.abort()
    delays = [delay for reader in readers for delay in reader.delays]
    return {
        "MB/s": count * SIZE / seconds / MEGABYTE,
        "heard": len(delays) / (count * HEALTHY),
        "p50": percentile(delays, 50) * 1000,
        "p99": percentile(delays, 99) * 1000,
        "grown": (most - before) / MEGABYTE,
        "closed": sum(closed(one) for one in stuck),
    }


def closed(one: socket.socket) -> bool:
    """Whether the server has closed a socket that did not read: the end, or a reset, comes after what it was sent."""
    one.settimeout(2)
    try:
        while one.recv(1 << 20):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def flood(place: Place, kind: str) -> tuple[float, float]:
    """Seconds until a socket that floods at full rate is closed, and the megabytes the server has grown meanwhile."""
    pid = place.servers[0].process.pid
    before = most = memory(pid)
    command = [sys.executable, "-m", "bench.programs.flood", str(place.ports[0]), kind, str(FLOOD)]
    with subprocess.Popen(command, cwd=servers.ROOT, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most = max(most, memory(pid))
            time.sleep(0.02)
        told = process.stdout.read() if process.stdout else ""
    return float(told), (most - before) / MEGABYTE


def main() -> None:
    """Run and report."""
    changes = {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench" * 10}
    with servers.postgres_server() as postgres, installation(60, processes=1, postgres=postgres, **changes) as place:
        alone = asyncio.run(published(place, "bench:1", ALONE, 0))
        beside = asyncio.run(published(place, "bench:2", SECONDS, SLOW))
        floods = {kind: flood(place, kind) for kind in ("join", "ping", "fragment")}
    print(f"{HEALTHY} healthy readers of one room, one process; {SLOW} that never read for {SECONDS:.0f} s")
    print(f"{'':<14} {'MB/s':>6} {'heard':>6} {'p50 ms':>8} {'p99 ms':>8} {'MB grown':>9} {'closed':>7}")
    for name, told in (("alone", alone), ("beside slow", beside)):
        row = f"{told['MB/s']:6.1f} {told['heard']:6.1%} {told['p50']:8.1f} {told['p99']:8.1f} {told['grown']:9.1f}"
        print(f"{name:<14} {row} {told['closed']:7.0f}")
    for kind, (took, grown) in floods.items():
        print(f"flood of {kind:<10} closed after {took:.2f} s, {grown:.1f} MB grown")
    slowest = max(took for took, _grown in floods.values())
    ratio = beside["p99"] / alone["p99"]
    print(f"slow: p99 {ratio:.2f}x, {beside['grown']:.0f} MB grown, flood closed in {slowest:.2f} s")
