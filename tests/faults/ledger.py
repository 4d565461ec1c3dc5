"""The ledger: what was submitted, acknowledged, stored and seen, and what these say about each other."""

import math
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Listener:
    """What one client saw: seqs in the order they came, over all its connections, and where it began."""

    allowed: frozenset[str]  # audiences it may see
    seen: list[int] = field(default_factory=list)
    began: int = 0
    moments: dict[int, float] = field(default_factory=dict)  # seq -> when it came

    newest: int = 0  # how far it is, by events and pages
    pages: list[range] = field(default_factory=list)  # seqs that a fresh page stood for, when too much had been missed
    shown: list[tuple[int, set[int]]] = field(default_factory=list)  # head and messages' seqs of each page

    def saw(self, seq: int) -> None:
        self.seen.append(seq)
        self.newest = max(self.newest, seq)
        self.moments.setdefault(seq, time.monotonic())

    def took_page(self, after: int, head: int, shown: set[int]) -> None:
        """It missed too many events and took a fresh page, which stands for what came up to `head`.

        It shows the newest messages; whoever scrolls up gets the older ones.
        """
        self.shown.append((head, shown))
        self.pages.append(range(after + 1, head + 1))
        self.newest = max(self.newest, head)
        for seq in self.pages[-1]:
            self.moments.setdefault(seq, time.monotonic())

    @property
    def known(self) -> set[int]:
        """The seqs that it has seen, or a page for."""
        return set(self.seen).union(*self.pages)


@dataclass
class Ledger:
    """One run. `stored` is the database's log: seq -> (client id, audience)."""

    submitted: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    moments: dict[int, float] = field(default_factory=dict)  # seq -> when it was acknowledged
    listeners: list[Listener] = field(default_factory=list)
    stored: list[tuple[int, str, str]] = field(default_factory=list)

    def submit(self, client_id: str) -> None:
        self.submitted.setdefault(client_id, time.monotonic())

    def acknowledge(self, client_id: str, seq: int) -> None:
        self.acknowledged[client_id] = seq
        self.moments[seq] = time.monotonic()

    def delays(self, since: float, until: float) -> list[float]:
        """Seconds that each listener waited for each event it had not seen at `since`, sorted.

        From the acknowledgement (never acknowledged: from the submission); until `until` when it never came.
        """
        began = {
            seq: self.moments.get(seq, self.submitted[client_id])
            for seq, client_id, _ in self.stored
            if client_id in self.submitted
        }
        return sorted(
            max(0.0, came - began[seq])
            for listener in self.listeners
            for seq in self.due(listener) & began.keys()
            if (came := listener.moments.get(seq, until)) >= since
        )

    def slowest_write(self) -> float:
        """Seconds that a writer waited for an acknowledgement, over all repeats, at most."""
        waits = [self.moments[seq] - self.submitted[client_id] for client_id, seq in self.acknowledged.items()]
        return max(waits, default=0.0)

    def due(self, listener: Listener) -> set[int]:
        """The seqs that a listener must have seen."""
        return {seq for seq, _, who in self.stored if seq > listener.began and who in listener.allowed}

    def verdict(self) -> dict[str, int]:
        """Counts of everything that must be 0."""
        by_id: dict[str, list[int]] = {}
        audience = {}
        for seq, client_id, who in self.stored:
            audience[seq] = who
            by_id.setdefault(client_id, []).append(seq)
        seqs = sorted(audience)
        messages = {seq for seq, client_id, _ in self.stored if client_id in self.submitted}
        counts = {
            "not stored": sum(client_id not in by_id for client_id in self.acknowledged),
            "mismatched": sum(seq not in by_id.get(client_id, [seq]) for client_id, seq in self.acknowledged.items()),
            "duplicate rows": sum(len(found) - 1 for client_id, found in by_id.items() if client_id != "None"),
            "gaps": sum(seq != place for place, seq in enumerate(seqs, 1)),
            "unacknowledged": len(self.submitted.keys() - self.acknowledged.keys()),
        }
        totals: dict[str, Any] = dict.fromkeys(("lost", "doubled", "reordered", "unauthorised"), 0)
        for listener in self.listeners:
            due = self.due(listener)
            totals["lost"] += len(due - listener.known) + sum(
                len({seq for seq in messages if min(shown, default=0) <= seq <= head} - shown)
                for head, shown in listener.shown
            )
            totals["doubled"] += len(listener.seen) - len(set(listener.seen))
            totals["reordered"] += sum(b < a for a, b in zip(listener.seen, listener.seen[1:], strict=False))
            totals["unauthorised"] += len({seq for seq in listener.seen if seq in audience} - due)
        return counts | totals


def percentile(values: list[float], share: float) -> float:
    """The smallest of sorted `values` that at least `share` of them do not exceed; 0 when there are none."""
    return values[max(0, math.ceil(len(values) * share) - 1)] if values else 0.0
