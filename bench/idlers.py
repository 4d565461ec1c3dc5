"""Idlers: what thousands of connections of one address, which do nothing, cost the others in time.

SOCKETS sockets join nothing and BODIES request bodies drip, from an address of their own, at one process that has
started with the usual soft limit of 1,024 descriptors. What is closed comes back. Others open pages and join, first
alone, then beside.
"""

import asyncio
import http.client
import os
import subprocess
import sys
import time

from bench.link import Link
from bench.place import Place, installation, memory, percentile
from tests import servers

NAME = "idlers"
SOCKETS, BODIES = 2_000, 1_500
SECONDS = float(os.environ.get("BENCH_SECONDS", 60))
PAUSE = 0.2  # seconds between two measurements
SETTLED = 15.0  # seconds until the idlers have come
LIMITS = ("prlimit", "--nofile=1024:8192")


def page(place: Place) -> float:
    """Seconds that a page takes. Raises AssertionError when it is none."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", place.ports[0], timeout=60)
    try:
        connection.request("GET", "/people/enter/", headers={"Host": "localhost"})
        response = connection.getresponse()
        response.read()
        assert response.status == 200, response.status
    finally:
        connection.close()
    return time.monotonic() - began


async def join(place: Place, number: int) -> float:
    """Seconds from connecting until a room is joined. Raises TimeoutError."""
    began = time.monotonic()
    link = Link(place.ports[0], place.cookies[number % len(place.cookies)], place.room)
    await asyncio.get_running_loop().create_connection(lambda: link, "127.0.0.1", link.port)
    await asyncio.wait_for(link.joined.wait(), 60)
    took = time.monotonic() - began
    link.transport.abort()
    return took


async def measured(place: Place, seconds: float) -> dict[str, list[float]]:
    """Times of pages and joins, one after the other, for so long."""
    times: dict[str, list[float]] = {"page": [], "join": []}
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        number += 1
        times["page"].append(await asyncio.to_thread(page, place))
        times["join"].append(await join(place, number))
        await asyncio.sleep(PAUSE)
    return times


def beside(place: Place, seconds: float, sockets: int, bodies: int) -> tuple[dict[str, list[float]], list[str]]:
    """The times beside the idlers, and how many of these were open, a line a second."""
    command = [sys.executable, "-m", "bench.programs.idling", str(place.ports[0]), str(sockets), str(bodies)]
    with subprocess.Popen(command, cwd=servers.ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            time.sleep(SETTLED)
            times = asyncio.run(measured(place, seconds))
        finally:
            process.terminate()
        lines = process.stdout.read().splitlines() if process.stdout else []
    return times, lines[-int(seconds) :]


def main() -> None:
    """Run and report."""
    with servers.postgres_server() as postgres, installation(50, 1, postgres=postgres, prefix=LIMITS) as place:
        asyncio.run(measured(place, 3))  # what the first ones load is nobody's
        pid = place.servers[0].process.pid
        alone, before = asyncio.run(measured(place, SECONDS / 2)), memory(pid)
        crowded, lines = beside(place, SECONDS, SOCKETS, BODIES)
        grown = (memory(pid) - before) / 1_000_000
    up = [sorted(int(line.split()[which]) for line in lines)[len(lines) // 2] for which in (0, 1)]
    print(f"{SOCKETS} sockets that join nothing and {BODIES} bodies that drip, from one address, for {SECONDS:.0f} s")
    print(f"open at a time: {up[0]} sockets, {up[1]} bodies; {grown:.0f} MB grown")
    print(f"{'':<6} {'alone p50':>10} {'p95':>7} {'beside p50':>11} {'p95':>7} ms")
    ratios = {}
    for name in ("page", "join"):
        rows = [percentile(times[name], percent) * 1000 for times in (alone, crowded) for percent in (50, 95)]
        ratios[name] = rows[2] / rows[0]
        print(f"{name:<6} {rows[0]:10.1f} {rows[1]:7.1f} {rows[2]:11.1f} {rows[3]:7.1f}")
    print(f"idlers: ratio {max(ratios.values()):.2f}x (page {ratios['page']:.2f}x, join {ratios['join']:.2f}x)")
