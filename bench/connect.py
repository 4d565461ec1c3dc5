"""How fast sockets come, and what each costs, on one core: the product beside stock Channels on Daphne.

Stock accepts and joins a Redis group. The product accepts, finds out who it is and what they may see, catches up with
ten messages and counts them as present. BENCH_SOCKETS takes another number of sockets.
"""

import asyncio
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

import psycopg

from bench import subjects
from bench.herd import Herd
from bench.place import Place, installation, memory
from bench.subjects import CORES, ON_SERVER_CORE, cpu
from tests import servers

NAME = "connect"
SOCKETS = int(os.environ.get("BENCH_SOCKETS", 2_000))
ROUNDS = 3
WARM = 50  # sockets before the clock starts
MESSAGES = 10


@dataclass
class Told:
    """What one server process showed."""

    rate: float  # joins per second
    per_cpu: float  # joins per second of the server's processor time
    kilobytes: float  # resident, each idle socket


async def fill(herd: Herd, pid: int) -> Told:
    """Open SOCKETS sockets as fast as the server takes them."""
    await herd.grow(WARM)
    before, used, began = memory(pid), cpu(pid), time.monotonic()
    await herd.grow(SOCKETS)
    took, used = time.monotonic() - began, cpu(pid) - used
    await asyncio.sleep(2)  # what is counted or freed later
    return Told(SOCKETS / took, SOCKETS / used, (memory(pid) - before) / SOCKETS / 1024)


async def stock(subject: subjects.Subject) -> Told:
    """Stock's sockets are up when they are accepted."""
    herd = Herd([subject.port], "", ["none"], joins=False)
    told = await fill(herd, subject.pid)
    await herd.close()
    return told


async def product(place: Place) -> Told:
    """Ours are up when they are authorised and caught up; in the end each must have been counted."""
    for number in range(MESSAGES):
        place.post(place.cookies[number])
    herd = Herd(place.ports, place.room, place.cookies)
    told = await fill(herd, place.servers[0].process.pid)
    counted = await asyncio.to_thread(present, place)
    await herd.close()
    if counted != SOCKETS + WARM or any(herd.wrong.values()):
        raise AssertionError(f"{counted} of {SOCKETS + WARM} counted, {herd.wrong}")
    return told


def present(place: Place) -> int:
    """Followers of the room as every process counts them."""
    with psycopg.connect(place.env["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT sum(count) FROM live_presence WHERE key = %s", [place.room]).fetchone()
    return int(row[0] or 0)


def main() -> None:
    """Run and report."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])  # PostgreSQL and Redis inherit it
    rounds: dict[str, list[Told]] = {"stock": [], "product": []}
    with ExitStack() as stack:
        redis = stack.enter_context(servers.redis_server())
        postgres = stack.enter_context(servers.postgres_server(durable=True))
        for _ in range(ROUNDS):
            with subjects.stock(redis) as subject:
                rounds["stock"].append(asyncio.run(stock(subject)))
            given = {"processes": 1, "postgres": postgres, "redis": redis, "prefix": ON_SERVER_CORE}
            with installation(SOCKETS + WARM, **given) as place:
                rounds["product"].append(asyncio.run(product(place)))
    print(f"{SOCKETS} sockets, one server process on one core, medians of {ROUNDS} rounds")
    print(f"{'':<8} {'joins/s':>8} {'joins/cpu-s':>12} {'KB each':>8}")
    middle = {}
    for name, found in rounds.items():
        middle[name] = Told(*(median(getattr(one, what) for one in found) for what in Told.__dataclass_fields__))
        print(f"{name:<8} {middle[name].rate:>8.0f} {middle[name].per_cpu:>12.0f} {middle[name].kilobytes:>8.1f}")
    rate = middle["product"].rate / middle["stock"].rate
    size = middle["product"].kilobytes / middle["stock"].kilobytes
    print(f"connect: {rate:.2f}x stock's joins per second, {size:.2f}x its memory")
