"""What every subject broadcasts, and how it is told to."""

import json
import sys
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
    """For each line "count room": publish that often; answer with the moment of the first."""
    for line in sys.stdin:
        count, room = line.split()
        print(publish(room, int(count)), flush=True)
