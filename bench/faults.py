"""Faults under load, counted: what was lost, doubled, reordered or shown to the wrong people, and the time to heal.

Time to heal: the seconds from the acknowledgement of a write to a listener seeing it, for every listener and event
that the listener had not seen when the fault began.

`./run bench faults` takes the full size; HYBRID_FAULTS=small the size of the tests.
"""

import asyncio
import os

from tests.faults.faults import FAULTS, KILLED, LONG, SHORT, Fault
from tests.faults.installation import installation
from tests.faults.run import FULL, SMALL, WRITERS, Outcome, Size, run

NAME = "faults"


def main() -> None:
    """Run every fault and report."""
    small = os.environ.get("HYBRID_FAULTS") == "small"
    size = SMALL if small else FULL
    print(f"two processes, PostgreSQL, Redis; {_words(size)}")
    runs = [(name, fault, size, False) for name, fault in (FAULTS | (SHORT if small else LONG)).items()]
    runs.append(("SQLite, one process: kill -9", KILLED, WRITERS, True))
    total: dict[str, int] = {}
    slowest = 0.0
    for name, fault, crowd, embedded in runs:
        if embedded:
            print(f"embedded; {_words(crowd)}")
        with installation(embedded) as stack:
            outcome = asyncio.run(run(stack, fault, crowd))
        print(line(name, fault, outcome), flush=True)
        slowest = max(slowest, outcome.p99)
        total = {what: total.get(what, 0) + count for what, count in outcome.counts.items()}
    shown = ", ".join(f"{what} {total[what]}" for what in ("lost", "doubled", "reordered", "unauthorised"))
    print(f"faults: {shown}, healed p99 {slowest:.1f} s")


def _words(size: Size) -> str:
    return f"{size.listeners} listeners, {size.writers} writers, {size.writers / size.every:.0f} writes/s"


def line(name: str, fault: Fault, outcome: Outcome) -> str:
    """One row: the time to heal, the limit where there is one, and every count."""
    limit = f"limit {fault.limit:2.0f} s" if fault.limit else " " * 10
    if fault.limit and outcome.p99 > fault.limit:
        limit += " EXCEEDED"
    counts = ", ".join(f"{what} {count}" for what, count in outcome.counts.items())
    healed = f"healed p99 {outcome.p99:5.1f} s  max {outcome.longest:5.1f} s"
    return f"{name:<28} {healed}  {limit}  slowest write {outcome.slowest_write:5.1f} s   {counts}"
