"""What is thrown away at its time. Every process looks once an hour."""

import time

from people import bans
from registration.imports import run

EVERY = 3600  # seconds
_next = 0.0


def tick() -> None:
    """Throw away imports that nobody finished and the marks of bans that are over, if an hour has passed."""
    global _next
    if time.monotonic() >= _next:
        _next = time.monotonic() + EVERY
        run.purge()
        bans.purge()
