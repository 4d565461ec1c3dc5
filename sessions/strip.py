"""The strip of host cities, kept by the process for moments: it is the same for all of an audience, on every page."""

import time
from collections.abc import Mapping
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


def rooms_of(edition: Edition) -> list[str]:
    """The rooms that a strip stands for: it is read anew when one of them has moved on."""
    return [edition.room_key, REVOKED]


def heads_of(edition: Edition, known: Mapping[str, int]) -> dict[str, int]:
    """The heads of these rooms; those that are known already are not asked for."""
    rooms = rooms_of(edition)
    return {room: known[room] for room in rooms} if known.keys() >= set(rooms) else Room.heads(rooms)


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
