"""Faults under load, counted: what was lost, doubled, reordered or shown to the wrong people, and the time to heal.

`./run bench faults` takes the full size; HYBRID_FAULTS=small the size of the tests.
"""

import asyncio
import os

from tests.faults.faults import FAULTS, LONG
from tests.faults.run import FULL, SMALL, run
from tests.faults.test_faults import installation

NAME = "faults"


def main() -> None:
    """Run every fault and report."""
    size = SMALL if os.environ.get("HYBRID_FAULTS") == "small" else FULL
    total: dict[str, int] = {}
    slowest = 0.0
    print(f"two processes, PostgreSQL, Redis; {size.listeners} listeners, {size.writers / size.every:.0f} writes/s")
    for name, fault in (FAULTS | LONG).items():
        with installation() as stack:
            counts, healed = asyncio.run(run(stack, fault, size))
        wrong = ", ".join(f"{what} {count}" for what, count in counts.items() if count) or "all zero"
        print(f"{name:<28} healed p99 {healed:5.1f} s   {wrong}", flush=True)
        slowest = max(slowest, healed)
        total = {what: total.get(what, 0) + count for what, count in counts.items()}
    print("  ".join(f"{what} {count}" for what, count in total.items()))
    shown = ", ".join(f"{what} {total[what]}" for what in ("lost", "doubled", "reordered", "unauthorised"))
    print(f"faults: {shown}, healed p99 {slowest:.1f} s")
