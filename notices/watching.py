"""Who watches now, with whatever device: they are told in the page, so none of their devices buzzes.

The truth is what all processes report of who follows which room. A page of a session that is on air counts, and that of
the very session that somebody is told of; one that was left open after its end does not.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from live.models import Follower
from sessions.models import ON_AIR, Session
from sessions.rooms import room_id


def watching(lines: Mapping[int, Sequence[Mapping[str, Any]]]) -> set[int]:
    """Of the participants who are told these lines those who watch: two queries, however many."""
    rooms = Follower.rooms_of(lines, "session")
    followed = {who: {room_id(key) or 0 for key in keys} for who, keys in rooms.items()}
    any_of = {pk for pks in followed.values() for pk in pks}
    on_air = set(Session.objects.filter(pk__in=any_of, status__in=ON_AIR).values_list("pk", flat=True))
    return {who for who, pks in followed.items() if pks & on_air or {line["session"] for line in lines[who]} <= pks}
