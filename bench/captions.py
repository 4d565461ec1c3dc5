"""Live captions for a full room: what a line costs at one viewer, beside a chat message in the same room.

BENCH_SOCKETS viewers, three languages, three lines a second in each, for BENCH_SECONDS; as many chat messages a second.
The server has one core, and the lines come as caption tools send them.
"""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from bench.chat import Listening, Told
from bench.place import percentile
from bench.subjects import CORES, Subject, product
from tests import servers
from tests.shell import call_once

NAME = "captions"
SOCKETS = int(os.environ.get("BENCH_SOCKETS", 1_000))
SECONDS = float(os.environ.get("BENCH_SECONDS", 10))
ROUNDS = 3  # in turn, so that what else the machine does meets both
LANGUAGES, LINES = ["en", "es", "ca"], 3  # lines a second in each language
EACH = {"captions": len(LANGUAGES), "chat": 1}  # what one order to the publisher makes


@contextmanager
def running() -> Iterator[tuple[Subject, int]]:
    """The server with a session on air that has its tracks."""
    with (
        servers.redis_server() as redis,
        servers.postgres_server() as database,
        product(database, redis, publisher="said") as subject,
    ):
        made = call_once(subject.env, "bench.programs.filling:follow", count=1)
        on_air = {"session": made["session"], "languages": LANGUAGES}
        call_once(subject.env, "bench.programs.captioning:on_air", **on_air)
        yield subject, made["session"]


def measured(subject: Subject, crowd: Listening, kind: str, session: int) -> Told:
    """Nine lines or messages a second for a while, to everybody."""
    orders = round(SECONDS * LINES * len(LANGUAGES) / EACH[kind])
    things = orders * EACH[kind]
    crowd.listen()
    used = subject.cpu()
    subject.pace(orders, f"{kind}:{session}", orders / SECONDS)
    ended = crowd.receive(things)
    used, moments = subject.cpu() - used, subject.moments()
    delays = [came - moments[at // EACH[kind]] for heard in crowd.heard.values() for at, came in enumerate(heard)]
    return Told(used / things / len(crowd.sockets) * 1e6, delays, used / (ended - moments[0]))


def main() -> None:
    """Run and report."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])
    told: dict[str, list[Told]] = {kind: [] for kind in EACH}
    with running() as (subject, session):
        print(f"{SOCKETS} viewers, {len(LANGUAGES)} languages, {LINES} lines a second in each")
        print(" what        us each   p50 ms   p99 ms  server")
        for _ in range(ROUNDS):
            crowd = Listening(subject.port, SOCKETS, f"session:{session}")  # no client here answers pings for long
            for kind, found in told.items():
                found.append(measured(subject, crowd, kind, session))
                p50, p99 = (percentile(found[-1].delays, percent) * 1000 for percent in (50, 99))
                print(f" {kind:<9} {found[-1].each:>9.2f} {p50:>8.0f} {p99:>8.0f} {found[-1].share:>7.0%}", flush=True)
            crowd.close()
    each = {kind: median(one.each for one in found) for kind, found in told.items()}
    print(f"captions: a line at one viewer costs {each['captions'] / each['chat']:.2f}x of a chat message")
