"""What this process has done, in numbers, as Prometheus reads them."""

import asyncio
import gc
from collections import Counter, deque
from collections.abc import Mapping, Sized
from typing import Protocol

counts: Counter[str] = Counter()
delays: deque[float] = deque(maxlen=1000)  # seconds from a ring to the last socket, the newest

# name -> what it counts; labels as Prometheus writes them
TOTALS = {
    "events_total": "events handed to sockets of this process",
    "deliveries_total": "frames handed to one socket each",
    "catch_ups_total": "sockets brought up to date from a cursor",
    "evictions_total": "sockets closed because they did not read",
    'writes_total{outcome="committed"}': "writes by outcome",
    'writes_total{outcome="refused"}': "writes by outcome",
    'writes_total{outcome="failed"}': "writes by outcome",
    "full_collections_total": "looks of Python's collector at all objects",
    "collected_total": "objects that it found in cycles",
}


class Feed(Protocol):
    """How far a room's sockets are."""

    head: int
    cursor: int


class Hub(Protocol):
    """What is counted of a hub."""

    loop: asyncio.AbstractEventLoop

    @property
    def feeds(self) -> Mapping[str, Feed]:
        """The rooms that sockets of this process follow."""

    @property
    def connections(self) -> Sized:
        """The open sockets."""


def text(hub: Hub | None) -> str:
    """The exposition format, version 0.0.4."""
    feeds = list(hub.feeds.values()) if hub else []
    ordered = sorted(delays)
    gauges = {
        "sockets": ("open sockets", len(hub.connections) if hub else 0),
        "tasks": ("tasks of the event loop", len(asyncio.all_tasks(hub.loop)) if hub else 0),
        "rooms": ("rooms that sockets of this process follow", len(feeds)),
        "hub_lag_events": ("events known and not yet handed over", sum(feed.head - feed.cursor for feed in feeds)),
        "delivery_p99_seconds": (
            "ring to last socket, 99th percentile of the last 1000",
            round(ordered[int(len(ordered) * 0.99)], 6) if ordered else 0,
        ),
    }
    lines = []
    for name, (meaning, value) in gauges.items():
        lines += [f"# HELP hybrid_{name} {meaning}", f"# TYPE hybrid_{name} gauge", f"hybrid_{name} {value}"]
    described = ""
    totals = counts | collector()
    for name, meaning in TOTALS.items():
        family = name.partition("{")[0]
        if family != described:
            lines += [f"# HELP hybrid_{family} {meaning}", f"# TYPE hybrid_{family} counter"]
            described = family
        lines.append(f"hybrid_{name} {totals[name]}")
    return "\n".join(lines) + "\n"


def collector() -> Counter[str]:
    """What Python's collector of cycles has done; a look at all objects stops the process for as long as it takes."""
    stats = gc.get_stats()
    return Counter(
        full_collections_total=stats[-1]["collections"], collected_total=sum(each["collected"] for each in stats)
    )
