"""The way in: a crowd opens the session's page and follows it, while those inside hear each other.

PEOPLE come within SECONDS, each with a sign-in of their own: the page, then the socket, until the room is joined. Who
is told to come again does so. INSIDE follow the room and hear a message twice a second. Before is the last commit that
drew every page for the person who asked, or, where the clone does not reach back so far, today's with `?whole=1`, which
does so too; that crowd is smaller, or nobody would get in. BENCH_PEOPLE and BENCH_SECONDS take other numbers.
"""

import asyncio
import json
import os
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle

from bench import older
from bench.link import Link, open_all
from bench.place import Place, installation, percentile
from bench.subjects import CORES, ON_SERVER_CORE, cpu
from tests import servers

NAME = "arrive"
PEOPLE = int(os.environ.get("BENCH_PEOPLE", 5_000))
SECONDS = float(os.environ.get("BENCH_SECONDS", 30))
SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench" * 10}
OLD = "58a4f26"  # the last commit before pages were drawn once for all
BEFORE = 300  # people of the old way, in the same time
INSIDE = 200
PAUSE = 0.5  # seconds between two messages
REST = 10.0  # seconds of messages before the crowd comes, and when all are in
SETTLED = 3.0  # seconds after the last has joined
PATIENCE = 90.0  # seconds after which somebody counts as lost
HEADS = re.compile(r'<script id="live-rooms" type="application/json">(.*?)</script>')


@dataclass
class Crowd:
    """What the crowd met with."""

    took: list[float] = field(default_factory=list)  # seconds from coming to having joined
    joined: list[float] = field(default_factory=list)  # time.monotonic() when they had
    sent_away: int = 0
    errors: int = 0
    last: float = 0.0  # seconds after the first came


@dataclass
class Told:
    """One way in."""

    people: int
    crowd: Crowd
    cpu: float  # processor seconds of the server, less what those inside cost at rest
    hearing: float  # of these: what those cost who had joined and heard the messages while others came
    rest: list[float]  # seconds from sending to hearing, at rest
    rush: list[float]


class Insider(Link):
    """Somebody inside: how late each message came."""

    delays: list[float]

    def saw(self, payload: bytes) -> None:
        found = re.search(rb"at (\d+\.\d+)", payload)
        if found:
            self.delays.append(time.time() - float(found[1]))


async def page(place: Place, cookie: str, query: str) -> tuple[int, str]:
    """Status and text of the session's page, or Retry-After for the text."""
    reader, writer = await asyncio.open_connection("127.0.0.1", place.ports[0])
    try:
        writer.write(
            f"GET /sessions/{place.session}/{query} HTTP/1.1\r\nHost: localhost:{place.ports[0]}\r\n"
            f"Cookie: sessionid={cookie}; csrftoken={'a' * 32}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = (await reader.read()).decode()
    finally:
        writer.close()
    status = int(answer[9:12])
    if status == 503:
        return status, re.search(r"(?i)retry-after: (\d+)", answer)[1]
    return status, answer


async def come(place: Place, cookie: str, query: str, crowd: Crowd, began: float) -> None:
    """One person: the page, as often as it takes, then its rooms, from what it stands for."""
    came = time.monotonic()
    while True:
        status, text = await page(place, cookie, query)
        if status != 503:
            break
        crowd.sent_away += 1
        await asyncio.sleep(float(text))
    heads = HEADS.search(text)
    if status != 200 or not heads:
        crowd.errors += 1
        return
    link = Link(place.ports[0], cookie, place.room, json.loads(heads[1]))
    await asyncio.get_running_loop().create_connection(lambda: link, "127.0.0.1", link.port)
    await asyncio.wait_for(link.joined.wait(), PATIENCE)
    crowd.joined.append(time.monotonic())
    crowd.took.append(time.monotonic() - came)
    crowd.last = time.monotonic() - began


async def arrive(place: Place, people: int, query: str) -> Crowd:
    """They come evenly over SECONDS."""
    crowd, began, coming = Crowd(), time.monotonic(), []
    for number in range(people):
        await asyncio.sleep(max(0.0, began + number * SECONDS / people - time.monotonic()))
        cookie = place.cookies[INSIDE + number]
        coming.append(asyncio.ensure_future(come(place, cookie, query, crowd, began)))
    for result in await asyncio.gather(*coming, return_exceptions=True):
        crowd.errors += isinstance(result, BaseException)
    return crowd


async def talk(place: Place) -> None:
    """A message twice a second, by one after the other of those inside, until cancelled."""
    for cookie in cycle(place.cookies[:INSIDE]):  # one alone would meet the limit for messages
        await asyncio.to_thread(place.post, cookie, f"at {time.time():.6f}")
        await asyncio.sleep(PAUSE)


async def measured(place: Place, people: int, query: str) -> Told:
    """Those inside alone, then beside the crowd."""
    delays: list[list[float]] = [[], []]
    insiders = [Insider(place.ports[0], cookie, place.room) for cookie in place.cookies[:INSIDE]]
    for insider in insiders:
        insider.delays = delays[0]
    await open_all(insiders, PATIENCE)
    await page(place, place.cookies[0], query)
    talking, pid = asyncio.ensure_future(talk(place)), place.servers[0].process.pid
    before = cpu(pid)
    await asyncio.sleep(REST)
    resting = (cpu(pid) - before) / REST
    for insider in insiders:
        insider.delays = delays[1]
    before, began = cpu(pid), time.monotonic()
    crowd = await arrive(place, people, query)
    ended = time.monotonic()
    used = cpu(pid) - before - resting * (ended - began)
    for insider in insiders:
        insider.delays = []
    await asyncio.sleep(SETTLED)
    before = cpu(pid)
    await asyncio.sleep(REST)
    of_one = ((cpu(pid) - before) / REST - resting) / len(crowd.joined)
    talking.cancel()
    return Told(people, crowd, used, of_one * sum(ended - joined for joined in crowd.joined), *delays)


def main() -> None:
    """Run and report."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])  # PostgreSQL and Redis inherit it
    told: dict[str, Told] = {}
    with ExitStack() as stack:
        redis = stack.enter_context(servers.redis_server())
        postgres = stack.enter_context(servers.postgres_server(durable=True))
        given = {"processes": 1, "postgres": postgres, "redis": redis, "prefix": ON_SERVER_CORE, **SETTINGS}
        is_old = older.has(OLD)
        if is_old:
            before = older.installation(OLD, INSIDE + BEFORE, **given)
        else:
            before = installation(INSIDE + BEFORE, **given, REQUEST_THREADS="200")
        with before as place:
            told["before"] = asyncio.run(measured(place, BEFORE, "" if is_old else "?whole=1"))
        with installation(INSIDE + PEOPLE, **given) as place:
            told["now"] = asyncio.run(measured(place, PEOPLE, ""))
    print(f"before: {f'commit {OLD}' if is_old else 'today, a page drawn for each person'}")
    _report(told)


def _report(told: dict[str, Told]) -> None:
    print(f"one server process on one core, within {SECONDS:.0f} s, {INSIDE} inside")
    print(f"{'':<7} {'people':>7} {'in':>6} {'in line':>8} {'errors':>7} {'cpu ms':>7} {'of it in':>8}", end=" ")
    print(f"{'p50 s':>6} {'p99 s':>6} {'last s':>7} {'rest p99 ms':>12} {'rush p99 ms':>12}")
    rates, ratios = {}, {}
    for name, one in told.items():
        crowd, took = one.crowd, one.crowd.took or [PATIENCE]
        rest, rush = (1000 * percentile(delays or [0.0], 99) for delays in (one.rest, one.rush))
        rates[name], ratios[name] = len(crowd.took) / one.cpu, rush / rest
        print(f"{name:<7} {one.people:>7} {len(crowd.took):>6} {crowd.sent_away:>8} {crowd.errors:>7}", end=" ")
        print(f"{1000 * one.cpu / one.people:>7.2f} {1000 * one.hearing / one.people:>8.2f}", end=" ")
        print(f"{percentile(took, 50):>6.2f} {percentile(took, 99):>6.2f}", end=" ")
        print(f"{crowd.last:>7.1f} {rest:>12.0f} {rush:>12.0f}")
    print("of it in: what those cost who were in already and heard the messages, while others came")
    print(
        f"arrive: {rates['now'] / rates['before']:.1f}x people per core-second of before, "
        f"errors {told['now'].crowd.errors}, insiders' p99 {ratios['now']:.1f} of rest"
    )
