"""One room, many sockets, one core: the product beside stock Channels and a bare asyncio loop."""

import os
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles

from bench import subjects
from bench.load import Crowd
from bench.subjects import CORES, Subject
from tests import servers

NAME = "fanout"
SIZES = (1_000, 5_000)
ROUNDS = 3
BURST = 250_000  # deliveries of one burst; stock gets a fraction of it, so that a round takes seconds
SINGLES = 25
STOCK_BURST, STOCK_SINGLES = 12_000, 3
PAUSE = 0.03  # seconds between paced broadcasts

_rooms = (f"bench:{number}" for number in count(1))


@dataclass
class Round:
    """What one subject did with one crowd."""

    burst: float  # deliveries per second of messages published back to back
    closed: float  # deliveries per second when each message waits until all have the one before
    latencies: list[float]  # seconds from publish to the last socket, one message at a time, paced
    server_cpu: float  # the server's share of its core during the burst; well below 1 it waited for somebody else
    client_cpu: float  # the load client's share of its own

    @property
    def per_cpu(self) -> float:
        """Burst deliveries per second of the server's processor time, whatever it waited for."""
        return self.burst / max(self.server_cpu, 0.01)


def measure(subject: Subject, size: int) -> Round:
    """Fill a fresh room with `size` sockets and take every measure."""
    room = next(_rooms)
    crowd = Crowd(subject.port, size, room if subject.joins else "")
    slow = subject.name == "stock"
    singles = STOCK_SINGLES if slow else SINGLES
    try:
        list(_singles(subject, crowd, room, 2, 0))  # warm-up
        started = time.monotonic()
        list(_singles(subject, crowd, room, singles, 0))
        closed = size * singles / (time.monotonic() - started)
        latencies = list(_singles(subject, crowd, room, singles, PAUSE))
        burst, *shares = _burst(subject, crowd, room, (STOCK_BURST if slow else BURST) // size or 1)
        return Round(burst, closed, latencies, *shares)
    except (OSError, RuntimeError) as error:
        raise RuntimeError(f"{subject.name} with {size} sockets: {error}") from error
    finally:
        crowd.close()


def _singles(subject: Subject, crowd: Crowd, room: str, times: int, pause: float) -> Iterator[float]:
    """Broadcast one message after the other; the latency of each."""
    for _ in range(times):
        subject.publish(1, room)
        moment = crowd.receive(1)
        yield moment - subject.published_at()
        time.sleep(pause)


def _burst(subject: Subject, crowd: Crowd, room: str, times: int) -> tuple[float, float, float]:
    """Deliveries per second of `times` messages back to back; server's and client's CPU shares meanwhile."""
    server, client, started = subject.cpu(), time.process_time(), time.monotonic()
    subject.publish(times, room)
    moment = crowd.receive(times)
    took = moment - started
    shares = (subject.cpu() - server) / took, (time.process_time() - client) / took
    return len(crowd.sockets) * times / (moment - subject.published_at()), *shares


def run() -> dict[tuple[int, str], list[Round]]:
    """Every size and round, the subjects in turn."""
    rounds: defaultdict[tuple[int, str], list[Round]] = defaultdict(list)
    with ExitStack() as stack:
        redis = stack.enter_context(servers.redis_server())
        database = stack.enter_context(servers.postgres_server())
        compared = [
            stack.enter_context(subjects.product(database, redis)),
            stack.enter_context(subjects.stock(redis)),
            stack.enter_context(subjects.bare()),
        ]
        for size in SIZES:
            for _ in range(ROUNDS):
                for subject in compared:
                    rounds[size, subject.name].append(measure(subject, size))
    return rounds


def report(rounds: dict[tuple[int, str], list[Round]]) -> None:
    """Print the table of medians and the line of ratios."""
    print(" sockets subject    burst/s  burst/cpu-s  single/s   p50 ms   p99 ms  server  client")
    for (size, name), found in rounds.items():
        spread = quantiles([latency * 1000 for one in found for latency in one.latencies], n=100, method="inclusive")
        keys = ("burst", "per_cpu", "closed", "server_cpu", "client_cpu")
        burst, per_cpu, closed, server, client = (median(getattr(one, key) for one in found) for key in keys)
        print(f"{size:>8} {name:<8} {burst:>9,.0f} {per_cpu:>12,.0f} {closed:>9,.0f} ", end="")
        print(f"{spread[49]:>8.1f} {spread[98]:>8.1f} {server:>7.0%} {client:>7.0%}")

    def ratio(of: str, measured: str) -> float:
        """The product's median over the other's, at the size where it is smaller."""
        return min(
            median(getattr(one, measured) for one in rounds[size, "product"])
            / median(getattr(one, measured) for one in rounds[size, of])
            for size in SIZES
        )

    print("burst: the product hands all waiting events of a socket over in one system call, bare makes one per frame")
    print("and stock gets a shorter burst; single: the next message is published when every socket has the last one.")
    print(f"one message at a time: {ratio('stock', 'closed'):.2f}x stock, {ratio('bare', 'closed'):.2f} of bare")
    print(f"fanout: {ratio('stock', 'burst'):.2f}x stock, {ratio('bare', 'burst'):.2f} of bare")


def main() -> None:
    """Run and report."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])  # PostgreSQL, Redis and the publishers inherit it
    report(run())
