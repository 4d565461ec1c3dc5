"""The strip of host cities, kept by the process for moments: it is the same for all of an audience, on every page."""

import time
from dataclasses import dataclass

from sessions.data import CityOnAir, cities_on_air
from sessions.models import Edition

LIFETIME = 5.0  # seconds: what has begun, and what changed without an entry of the log
MOST = 200  # editions and audiences


@dataclass(frozen=True)
class Kept:
    """What was read when the edition's room stood at a head."""

    cities: list[CityOnAir]
    head: int
    until: float  # time.monotonic()


_strips: dict[tuple[int, str], Kept] = {}


def strip(edition: Edition, audience: str, head: int) -> list[CityOnAir]:
    """`cities_on_air` as it was at that head of the edition's room, or later."""
    key, now = (edition.pk, audience), time.monotonic()
    kept = _strips.get(key)
    if kept is None or kept.head < head or kept.until < now:
        kept = Kept(cities_on_air(edition, audience), head, now + LIFETIME)
        if len(_strips) >= MOST:
            _strips.clear()
        _strips[key] = kept
    return kept.cities


def forget() -> None:
    """Read everything anew, as after a restore."""
    _strips.clear()
