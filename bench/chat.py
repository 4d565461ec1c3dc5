"""A busy chat: a room of sockets at 1 to 50 messages a second, and hundreds who come back having missed three hundred.

The product beside itself with a frame for each message, and beside stock Channels; each server on one core.
BENCH_SOCKETS in the room, BENCH_SECONDS of each rate.
"""

import json
import os
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count

from bench import subjects
from bench.herd import masked, whole
from bench.load import Crowd
from bench.place import percentile
from bench.subjects import CORES, Subject
from tests import servers

NAME = "chat"
SOCKETS = int(os.environ.get("BENCH_SOCKETS", 5_000))
SECONDS = float(os.environ.get("BENCH_SECONDS", 6))
RATES = (1, 10, 50)  # messages a second
MOST = {"one each": 40, "stock": 4}  # messages of a rate by those compared: they need many times as long
LISTENED = 100  # sockets whose messages are timed one by one
BACK, MISSED = 500, 300

_rooms = (f"bench:chat{number}" for number in count(1))


class Listening(Crowd):
    """A crowd that notes when each message came, at some of its sockets spread over all."""

    heard: dict[int, list[float]] = {}  # of nobody, before it listens

    def listen(self) -> None:
        """Begin with nothing heard."""
        step = max(1, len(self.sockets) // LISTENED)
        self.heard = {fd: [] for fd in list(self.sockets)[::step]}

    def _read(self, fd: int, marker: bytes) -> int:
        found = super()._read(fd, marker)
        if fd in self.heard:
            self.heard[fd] += [time.monotonic()] * found
        return found


@dataclass
class Told:
    """What a subject did at one rate."""

    each: float  # microseconds of the server's processor for a message at one socket
    delays: list[float]  # seconds from publishing to the sockets that listened
    share: float  # of its core that the server used


def busy(subject: Subject, crowd: Listening, room: str, rate: float) -> Told:
    """Messages at that rate for a while, to everybody."""
    messages = max(2, min(round(rate * SECONDS), MOST.get(subject.name, 1_000_000)))
    crowd.listen()
    used, began = subject.cpu(), time.monotonic()
    subject.pace(messages, room, rate)
    ended = crowd.receive(messages)
    used, moments = subject.cpu() - used, subject.moments()
    delays = [came - moments[at] for heard in crowd.heard.values() for at, came in enumerate(heard)]
    return Told(used / messages / len(crowd.sockets) * 1e6, delays, used / (ended - began))


@contextmanager
def compared() -> Iterator[list[Subject]]:
    """The servers, one after the other on the same core."""
    with ExitStack() as stack:
        redis = stack.enter_context(servers.redis_server())
        database = stack.enter_context(servers.postgres_server())
        yield [
            stack.enter_context(subjects.product(database, redis)),
            stack.enter_context(subjects.product(database, redis, "one each", BENCH_ONE_EACH="1")),
            stack.enter_context(subjects.stock(redis)),
        ]


def rooms(subject: Subject) -> dict[float, Told]:
    """Every rate, with one crowd."""
    room = next(_rooms)
    crowd = Listening(subject.port, SOCKETS, room if subject.joins else "")
    try:
        subject.publish(1, room)
        crowd.receive(1)
        subject.moments()
        told = {}
        for rate in RATES:
            told[rate] = busy(subject, crowd, room, rate)
            show(subject.name, rate, told[rate])
        return told
    finally:
        crowd.close()


def back(subject: Subject) -> list[float]:
    """Seconds until each of those who come back together has all that it missed, in order."""
    room = next(_rooms)
    subject.publish(MISSED, room)
    subject.moments()
    crowd = Crowd(subject.port, BACK)
    data: defaultdict[int, bytes] = defaultdict(bytes)
    try:
        request, began, took = masked(json.dumps({"join": {room: 0}}).encode()), time.monotonic(), []
        for one in crowd.sockets.values():
            one.send(request)
        while len(took) < BACK:
            for fd, _event in crowd.poll.poll(30):
                data[fd] += crowd.sockets[fd].recv(1 << 18)
                if b'"t":"joined"' in data[fd][-300:]:
                    took.append(time.monotonic() - began)
        for received in data.values():
            frames = [json.loads(payload) for _opcode, payload in whole(received)[0]]
            seqs = [frame["seq"] for frame in frames if frame["t"] == "event"]
            if seqs != list(range(1, MISSED + 1)):
                raise AssertionError(f"Not all in order: {len(seqs)} of {MISSED}")
        return took
    finally:
        crowd.close()


def show(name: str, rate: float, told: Told) -> None:
    """Print a row of the table."""
    p50, p99 = (percentile(told.delays, percent) * 1000 for percent in (50, 99))
    print(f" {name:<9} {rate:>8} {told.each:>9.2f} {p50:>8.0f} {p99:>8.0f} {told.share:>7.0%}", flush=True)


def report(told: dict[str, dict[float, Told]], took: list[float]) -> None:
    """Print what is left to say, and the line of ratios."""
    p50, p99 = (percentile(took, percent) * 1000 for percent in (50, 99))
    print(f"{BACK} come back at once, each missed {MISSED}: p50 {p50:.0f} ms, p99 {p99:.0f} ms, all in order")
    most = {name: rates[max(RATES)].each for name, rates in told.items()}
    ratios = ", ".join(f"{most[name] / most['product']:.1f}x less than {name}" for name in ("one each", "stock"))
    print(f"chat: processor time for a message at one socket, at {max(RATES)} a second: {ratios}")


def main() -> None:
    """Run and report."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])  # PostgreSQL, Redis and the publishers inherit it
    with compared() as found:
        took = back(found[0])
        print(f"{SOCKETS} sockets in one room\n subject    a second  us each   p50 ms   p99 ms  server")
        told = {subject.name: rooms(subject) for subject in found}
    report(told, took)
