"""Chat messages accepted per second, with group commit and with a transaction for each, on a PostgreSQL that syncs.

First the operation alone, by threads in one process; then over the live link and over HTTP, two server processes.
BENCH_SECONDS per round.
"""

import asyncio
import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from bench.link import Link, open_all
from bench.place import Place, installation, percentile
from bench.subjects import cpu
from tests import servers

NAME = "writes"
WRITERS = 50
SECONDS = float(os.environ.get("BENCH_SECONDS", 8))
ROUNDS = 3
PEOPLE = 6_000
TEXT = "A message of the usual length, as people write them."


def operations(place: Place, together: int) -> dict[str, float]:
    """Messages per second by threads of one process, at most `together` of them in a transaction."""
    given = {"together": together, "text": TEXT, "seconds": SECONDS}
    told = place.call("bench.programs.writing:send", people=place.people[:WRITERS], session=place.session, **given)
    return figures(told["took"]) | {"cpu": told["cpu"]}


def requests(place: Place) -> dict[str, float]:
    """Messages per second by writers over HTTP, each waiting for its answer before it sends the next one."""
    until, took, used = time.monotonic() + SECONDS, [], used_by(place)

    def write(number: int) -> None:
        for turn in range(1_000_000):
            if time.monotonic() > until:
                return
            # Another participant each time: one alone may send eight messages in ten seconds.
            cookie = place.cookies[(number + turn * WRITERS) % len(place.cookies)]
            began = time.perf_counter()
            place.post(cookie, TEXT, place.ports[number % 2])
            took.append(time.perf_counter() - began)

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(write, range(WRITERS)))
    return figures(took) | {"cpu": (used_by(place) - used) / SECONDS}


class Author(Link):
    """A socket that says messages, one at a time."""

    reply: asyncio.Future[bytes]

    def saw(self, payload: bytes) -> None:
        if payload.startswith(b'{"t":"reply"'):
            self.reply.set_result(payload)

    async def write(self, session: int) -> None:
        """Say a message and wait for its acknowledgement."""
        self.reply = asyncio.get_running_loop().create_future()
        data = {"session": session, "text": TEXT, "client_id": str(uuid.uuid4())}
        self.send({"say": "chat.message", "id": "1", "data": data})
        if b'"status":200' not in await self.reply:
            raise OSError("A message was not accepted")


async def link(place: Place) -> dict[str, float]:
    """Messages per second by writers over the live link, each waiting for its reply before it says the next one."""
    authors = [Author(place.ports[at % 2], cookie, "bench:quiet") for at, cookie in enumerate(place.cookies)]
    await open_all(authors, 60)
    until, took, used = time.monotonic() + SECONDS, [], used_by(place)

    async def write(number: int) -> None:
        for turn in range(1_000_000):
            if time.monotonic() > until:
                return
            began = time.perf_counter()
            # Another participant each time: one alone may send eight messages in ten seconds.
            await authors[(number + turn * WRITERS) % len(authors)].write(place.session)
            took.append(time.perf_counter() - began)

    await asyncio.gather(*map(write, range(WRITERS)))
    told = figures(took) | {"cpu": (used_by(place) - used) / SECONDS}
    for author in authors:
        author.transport.abort()
    return told


def used_by(place: Place) -> float:
    """Seconds of processor time of all server processes."""
    return sum(cpu(server.process.pid) for server in place.servers)


def figures(took: list[float]) -> dict[str, float]:
    """Per second, and milliseconds until the acknowledgement."""
    return {
        "rate": len(took) / SECONDS,
        "p50": percentile(took, 50) * 1000,
        "p99": percentile(took, 99) * 1000,
    }


def main() -> None:
    """Run and report."""
    rounds: dict[tuple[str, str], list[dict[str, float]]] = {}
    with servers.postgres_server(durable=True, fsync=True) as postgres, servers.redis_server() as redis:
        places = {"each alone": "1", "together": "64"}
        for name, together in places.items():
            changes = {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench" * 10}
            changes["LIVE_WRITES_AT_ONCE"] = together
            with installation(PEOPLE, postgres=postgres, redis=redis, BENCH_TOGETHER=together, **changes) as place:
                for _ in range(ROUNDS):
                    rounds.setdefault(("operation", name), []).append(operations(place, int(together)))
                for _ in range(ROUNDS):
                    rounds.setdefault(("over the link", name), []).append(asyncio.run(link(place)))
                for _ in range(ROUNDS):
                    rounds.setdefault(("over HTTP", name), []).append(requests(place))
    print(f"{WRITERS} writers, PostgreSQL with fsync, medians of {ROUNDS} rounds of {SECONDS:.0f} s")
    print(f"{'':<22} {'accepted/s':>10} {'ack p50 ms':>11} {'p99 ms':>8}  {'cores':>5}")
    middle = {}
    for key, found in rounds.items():
        rate, p50, p99, cores = (median(one[what] for one in found) for what in ("rate", "p50", "p99", "cpu"))
        middle[key] = rate
        print(f"{' '.join(key):<22} {rate:>10,.0f} {p50:>11.1f} {p99:>8.1f}  {cores:>5.2f}")
    ratios = {
        way: middle[way, "together"] / middle[way, "each alone"] for way in ("operation", "over the link", "over HTTP")
    }
    print(
        "operation: each alone waits for its statements and its commit under the room's lock, together for Python's one"
    )
    print(
        "thread at a time; over HTTP it is the processor time of a request (middleware, sign-in, rights, form, limit)."
    )
    print("writes: " + ", ".join(f"{way} {ratio:.1f}x" for way, ratio in ratios.items()))
