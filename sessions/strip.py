"""The strip of host cities, kept by the process for moments: it is the same for all of an audience, on every page."""

import time
from dataclasses import dataclass

from live.models import Room
from live.revocations import REVOKED
from sessions.data import CityOnAir, cities_on_air
from sessions.models import Edition

LIFETIME = 5.0  # seconds: what has begun, and what changed without an entry of the log
MOST = 200  # editions and audiences


@dataclass(frozen=True)
class Kept:
    """What was read when the rooms of the edition and of revocations stood at these heads."""

    cities: list[CityOnAir]
    heads: dict[str, int]
    until: float  # time.monotonic()


_strips: dict[tuple[int, str], Kept] = {}


def heads_of(edition: Edition) -> dict[str, int]:
    """The heads of the rooms that a strip stands for."""
    return Room.heads([edition.room_key, REVOKED])


def strip(edition: Edition, audience: str, heads: dict[str, int]) -> list[CityOnAir]:
    """`cities_on_air`, read anew when the edition tells of something, or somebody may see more or less than before."""
    key, now = (edition.pk, audience), time.monotonic()
    kept = _strips.get(key)
    if kept is None or kept.heads != heads or kept.until < now:
        kept = Kept(cities_on_air(edition, audience), heads, now + LIFETIME)
        if len(_strips) >= MOST:
            _strips.clear()
        _strips[key] = kept
    return kept.cities
