"""What is thrown away at its time. Every process looks once an hour."""

import time

from people import bans, devices
from registration.imports import run

EVERY = 3600  # seconds
_next = 0.0


def tick() -> None:
    """Throw away imports that nobody finished, marks of bans that are over and sign-ins that have ended, every hour."""
    global _next
    if time.monotonic() >= _next:
        _next = time.monotonic() + EVERY
        run.purge()
        bans.purge()
        devices.purge()
