"""Thousands of sockets on two processes: they stay, they hear every message once, and all come back after all are lost.

`./run bench sockets` takes the full size; BENCH_SOCKETS and BENCH_SECONDS other ones.
"""

import asyncio
import os
import time
from dataclasses import dataclass

from bench.herd import Herd
from bench.place import Place, installation, percentile

NAME = "sockets"
SOCKETS = int(os.environ.get("BENCH_SOCKETS", 10_000))
SECONDS = float(os.environ.get("BENCH_SECONDS", 600))
PEOPLE = 1_000
EVERY = 2.0  # seconds between two messages


@dataclass
class Told:
    """What a run showed."""

    joins: float  # per second, all processes
    up: int  # sockets at the end of the soak that nobody had dropped
    kilobytes: float  # resident, each socket
    after: float  # the same at the end
    latencies: list[float]  # seconds from sending a message to each socket
    back: float  # seconds until all were back
    wrong: dict[str, int]


async def run(place: Place, sockets: int, seconds: float) -> Told:
    """Fill, write for a while, drop all, write while they come back."""
    herd = Herd(place.ports, place.room, place.cookies)
    sent: dict[int, float] = {}

    async def write(number: int) -> None:
        moment, seq = await asyncio.to_thread(place.post, place.cookies[number % len(place.cookies)])
        sent[seq] = moment

    await herd.grow(20)  # what the first sockets load is not theirs
    await write(0)
    sent.clear()  # that one reaches the others when they join
    before = place.memory()
    took = await herd.grow(sockets - 20)
    each = (place.memory() - before) / (sockets - 20) / 1024
    until, number = time.monotonic() + seconds, 1
    while time.monotonic() < until:
        await asyncio.gather(write(number), asyncio.sleep(EVERY))
        number += 1
    await asyncio.sleep(5)
    up, dropped = herd.up, herd.dropped
    after = (place.memory() - before) / (sockets - 20) / 1024
    latencies = [came - sent[seq] for seq, moments in herd.came.items() if seq in sent for came in moments]
    heard = sum(len(moments) for moments in herd.came.values())
    herd.wrong["not heard"] = number * sockets - heard
    herd.drop()
    await asyncio.gather(asyncio.sleep(0.1), write(number))
    back = await herd.until(sockets)
    await asyncio.gather(write(number + 1), asyncio.sleep(5))
    herd.wrong["behind"] = sum(member.cursor != number + 2 for member in herd.members)
    await herd.close()
    return Told((sockets - 20) / took, up - dropped, each, after, latencies, back, dict(herd.wrong))


def main() -> None:
    """Run and report."""
    with installation(min(PEOPLE, SOCKETS)) as place:
        told = asyncio.run(run(place, SOCKETS, SECONDS))
    p50, p99 = (percentile(told.latencies, percent) * 1000 for percent in (50, 99))
    print(f"{SOCKETS} sockets on two processes, {SECONDS:.0f} s, a message every {EVERY:.0f} s, one load client beside")
    print(f"joined           {told.joins:8.0f} /s")
    print(f"memory           {told.kilobytes:8.1f} KB each, {told.after:.1f} at the end")
    print(f"message to all   {p50:8.0f} ms p50, {p99:.0f} ms p99, {max(told.latencies) * 1000:.0f} ms the last")
    print(f"all dropped      {told.back:8.1f} s until all were back")
    print("ledger           " + ", ".join(f"{what} {count}" for what, count in told.wrong.items()))
    print(f"sockets: {told.up} of {SOCKETS} up, {told.kilobytes:.1f} KB each, p99 {p99:.0f} ms, ", end="")
    print(f"back in {told.back:.1f} s, ledger {sum(told.wrong.values())}")
