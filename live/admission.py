"""Joins that arrive together are looked up together: who it is, what they may see, how far the rooms are.

A hundred sockets cost a handful of queries.
"""

import time
from typing import Any, Protocol

from live.batching import REST, Batching
from live.feed import Feed
from live.models import Room
from live.protocols import Workers
from live.sign_ins import SignIns
from live.viewer import Viewer, viewers

AT_ONCE = 100  # joins that are looked up together

Join = tuple[Any, list[str], list[str]]  # who, room keys, those whose head is not known
Answer = tuple[dict[str, Viewer | None], dict[str, int]]  # by room key: what they may see, the head


class Hub(Workers, Protocol):
    """What this process knows already."""

    feeds: dict[str, Feed]
    sign_ins: SignIns


class Admission:
    """The joins of this process that wait for an answer."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._joins = Batching(hub, _answers, AT_ONCE, REST)

    async def ask(self, session_key: str | None, keys: list[str]) -> Answer:
        """What whoever is signed in by that key may see of each room now, and a head that the room has had.

        Raises what the database raises.
        """
        user = await self._hub.sign_ins.user(session_key, time.monotonic())  # rights are asked for at every join
        known = {key: self._hub.feeds[key].cursor for key in keys if key in self._hub.feeds}
        seen, heads = await self._joins.add((user, keys, [key for key in keys if key not in known]))
        return seen, known | heads


def _answers(joins: list[Join]) -> list[Answer]:
    """The answers, in the same order; heads only of those rooms that are asked about."""
    seen = iter(viewers([(user, key) for user, keys, _ in joins for key in keys]))
    unknown = {key for _, _, asked in joins for key in asked}
    heads = Room.heads(unknown) if unknown else {}
    return [({key: next(seen) for key in keys}, {key: heads[key] for key in asked}) for _, keys, asked in joins]
