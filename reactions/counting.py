"""How often people react to a talk at this moment: counted in memory, sent once a second, stored nowhere.

Each process counts what comes to it. Once a second it tells all processes its sums, in the name of what has changed,
as a doorbell carries nothing else; each adds up what it hears and sends one frame to each of its sockets.
"""

import threading
import uuid
from collections import Counter, defaultdict
from typing import Any

from live.audiences import EVERYONE
from live.volatile import touch

SIGNS = {"clap": "👏", "heart": "❤️", "idea": "💡", "laugh": "😂", "wow": "😮"}
MOST_EACH = 5  # of one person in one write: a finger that taps fast

_lock = threading.Lock()
_counts: defaultdict[int, Counter[str]] = defaultdict(Counter)  # session -> sign -> since the last tick


def add(session_id: int, sign: str, times: int) -> None:
    """Count a person's reactions to the talk of a session."""
    with _lock:
        _counts[session_id][sign] += times


def tick() -> None:
    """Tell all processes what was counted here in the last second."""
    with _lock:
        counts = {session: dict(signs) for session, signs in _counts.items()}
        _counts.clear()
    for session, signs in counts.items():
        words = ",".join(f"{sign}={count}" for sign, count in sorted(signs.items()))
        touch(f"session:{session}", "reactions.sums", f"{session}:{words}:{uuid.uuid4().hex[:8]}")  # no two are one


def sums(items: list[str]) -> dict[str, Any]:
    """The volatile "reactions.sums": all that was told since the last frame, by audience."""
    total: Counter[str] = Counter()
    for item in items:
        for pair in item.split(":")[1].split(","):
            sign, _equals, count = pair.partition("=")
            if sign in SIGNS and count.isdecimal():
                total[sign] += int(count)
    session = items[0].partition(":")[0]
    return {EVERYONE: {"session": session, "counts": dict(total), "signs": SIGNS}}
