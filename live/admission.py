"""Joins that arrive together are looked up together: who it is, what they may see, how far the rooms are.

A hundred sockets cost a handful of queries.
"""

from live.batching import Batching
from live.models import Room
from live.protocols import Workers
from live.viewer import Viewer, viewers_of_all

AT_ONCE = 100  # joins that are looked up together

Join = tuple[str | None, list[str]]  # session key, room keys
Answer = tuple[dict[str, Viewer | None], dict[str, int]]  # by room key: what they may see, the head


class Admission:
    """The joins of this process that wait for an answer."""

    def __init__(self, workers: Workers) -> None:
        self._joins = Batching(workers, _answers, AT_ONCE)

    async def ask(self, session_key: str | None, keys: list[str]) -> Answer:
        """What whoever is signed in by that key may see of each room now. Raises what the database raises."""
        return await self._joins.add((session_key, keys))


def _answers(joins: list[Join]) -> list[Answer]:
    """The answers, in the same order."""
    keys_by_session: dict[str | None, set[str]] = {}
    for session_key, keys in joins:
        keys_by_session.setdefault(session_key, set()).update(keys)
    viewers = viewers_of_all(keys_by_session)
    heads = Room.heads({key for _, keys in joins for key in keys})
    return [
        ({key: viewers[session_key, key] for key in keys}, {key: heads[key] for key in keys})
        for session_key, keys in joins
    ]
