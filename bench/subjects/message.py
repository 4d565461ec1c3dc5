"""What every subject broadcasts, and how it is told to."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

SIZE = 300  # bytes of the HTML fragment
MARKER = b"@!"  # once in every fragment and nowhere else
TEXT = "@!" + "x" * (SIZE - len('<article class="message" id="bench-1"><p>@!</p></article>'))


def message(room: str, seq: int) -> dict[str, Any]:
    """The message that the product makes of its event, for subjects that render nothing."""
    html = f'<article class="message" id="bench-{seq}"><p>{TEXT}</p></article>'
    return {"t": "event", "room": room, "seq": seq, "html": html}


def text(room: str, seq: int) -> str:
    """The message as JSON."""
    return json.dumps(message(room, seq), separators=(",", ":"))


def obey(publish: Callable[[str, int], float]) -> None:
    """For each line "count room": publish that often; answer with the moment of the first.

    With a rate behind it, "count room rate": one after the other, so many a second; answer with the moment of each.
    """
    for line in sys.stdin:
        count, room, *rate = line.split()
        moments = _paced(publish, room, int(count), float(rate[0])) if rate else [publish(room, int(count))]
        print(*moments, flush=True)


def _paced(publish: Callable[[str, int], float], room: str, count: int, rate: float) -> list[float]:
    begin, moments = time.monotonic(), []
    for number in range(count):
        time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        moments.append(publish(room, 1))
    return moments
