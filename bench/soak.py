"""Half an hour of coming and going: does anything grow?

`./run bench soak`; BENCH_SECONDS takes another length.
"""

import asyncio
import os
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import psycopg

from bench.herd import Herd, Member
from bench.place import Place, installation

NAME = "soak"
SECONDS = float(os.environ.get("BENCH_SECONDS", 1800))
PEOPLE, STAYING = 500, 200
CONNECTS = 20.0  # a second
STAYS = 5.0  # seconds that each of those stays
WRITES = 1.0  # a second

Sample = dict[str, float]


def sample(place: Place) -> Sample:
    """What must not grow, all processes together."""
    found: Sample = {"memory MB": place.memory() / 1e6, "file descriptors": 0, "threads": 0, "tasks": 0, "sockets": 0}
    for server in place.servers:
        folder = Path(f"/proc/{server.process.pid}")
        found["file descriptors"] += len(list((folder / "fd").iterdir()))
        found["threads"] += len(list((folder / "task").iterdir()))
        with urlopen(f"http://localhost:{server.port}/metrics", timeout=10) as answer:
            gauges = dict(line.split() for line in answer.read().decode().splitlines() if line[:1] != "#")
        found["tasks"] += float(gauges["hybrid_tasks"])
        found["sockets"] += float(gauges["hybrid_sockets"])
    with psycopg.connect(place.env["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()").fetchone()
    found["database connections"] = row[0] - 1
    return found


async def come_and_go(place: Place, herd: Herd, staying: Herd, until: float) -> int:
    """CONNECTS times a second somebody joins at the newest message, and leaves after STAYS; how many came."""
    loop, began = asyncio.get_running_loop(), time.monotonic()
    for number in count():
        await asyncio.sleep(max(0.0, began + number / CONNECTS - time.monotonic()))
        if time.monotonic() > until:
            return number
        herd.began = staying.members[0].cursor
        member = Member(herd, place.ports[number % 2], place.cookies[number % PEOPLE])
        await member.connect()
        loop.call_later(STAYS, member.leave)
    raise AssertionError("count() has no end")


async def write(place: Place, until: float) -> None:
    """WRITES messages a second, at both processes."""
    for number in count():
        if time.monotonic() > until:
            return
        with suppress(OSError):
            await asyncio.to_thread(place.post, place.cookies[number % PEOPLE], "m", place.ports[number % 2])
        await asyncio.sleep(1 / WRITES)


async def run(place: Place, seconds: float) -> tuple[list[Sample], int, dict[str, int]]:
    """Samples over the whole time, how many joined, and the ledger of those who stayed."""
    staying, passing = (Herd(place.ports, place.room, place.cookies) for _ in range(2))
    await staying.grow(STAYING)
    until = time.monotonic() + seconds
    tasks = [asyncio.create_task(one) for one in (come_and_go(place, passing, staying, until), write(place, until))]
    samples = []
    while time.monotonic() < until:
        await asyncio.sleep(seconds / 60)
        samples.append(await asyncio.to_thread(sample, place))
    came, _ = await asyncio.gather(*tasks)
    wrong = {"dropped": staying.dropped + passing.dropped} | dict(staying.wrong)
    await asyncio.sleep(STAYS + 0.5)
    await staying.close()
    return samples, came, wrong


def thirds(samples: list[Sample], what: str) -> tuple[float, float]:
    """The median in the first and in the last third, without the warm-up."""
    values = [one[what] for one in samples[3:]]
    part = max(1, len(values) // 3)
    return median(values[:part]), median(values[-part:])


def main() -> None:
    """Run and report."""
    with installation(PEOPLE) as place:
        samples, came, wrong = asyncio.run(run(place, SECONDS))
    print(f"two processes, {SECONDS / 60:.0f} min: {came} joined and left, {STAYING} stayed, {WRITES:.0f} write/s")
    print(f"{'':<22} {'first third':>12} {'last third':>12}")
    grown = []
    for what in samples[0]:
        first, last = thirds(samples, what)
        print(f"{what:<22} {first:>12.1f} {last:>12.1f}")
        grown.append(f"{what} {last / max(first, 1) - 1:+.1%}")
    print("ledger of those who stayed: " + ", ".join(f"{what} {count}" for what, count in wrong.items()))
    print("soak: " + ", ".join(grown))
