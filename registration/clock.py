"""Deletes old data. Every process does it once an hour."""

import time

from people import bans, devices
from registration import seats
from registration.imports import run

EVERY = 3600  # seconds
_next = 0.0


def tick() -> None:
    """Once an hour, delete unfinished imports, old arrivals of guests, marks of past bans and ended sign-ins."""
    global _next
    if time.monotonic() >= _next:
        _next = time.monotonic() + EVERY
        run.purge()
        seats.purge()
        bans.purge()
        devices.purge()
