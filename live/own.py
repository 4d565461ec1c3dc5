"""What is a participant's own in a room: sent with the first frames of a join, looked up for many at once."""

from collections import defaultdict
from typing import Any

from common.contract import Place
from common.registry import registry
from live.batching import Batching
from live.protocols import Workers

AT_ONCE = 100  # joins whose own things are looked up together

Own = dict[str, Any]  # app -> what it says


class OwnThings:
    """The joins of this process that wait for what is their own."""

    def __init__(self, workers: Workers) -> None:
        self._joins: Batching[tuple[int, str], Own] = Batching(workers, own_of, AT_ONCE)

    async def of(self, participant_id: int, key: str) -> Own:
        """What the apps keep of a participant in a room. Raises what the database raises."""
        if key.partition(":")[0] not in registry.own:
            return {}
        return await self._joins.add((participant_id, key))


def own_of(joins: list[tuple[int, str]]) -> list[Own]:
    """What each participant has of their own in the room of each key, in the same order.

    Some queries, however many.
    """
    results: list[Own] = [{} for _ in joins]
    by_kind: defaultdict[str, dict[int, Place]] = defaultdict(dict)
    for index, (participant, key) in enumerate(joins):
        kind, _, number = key.partition(":")
        by_kind[kind][index] = participant, int(number)
    for kind, places in by_kind.items():
        for app, function in registry.own.get(kind, {}).items():
            for index, own in zip(places, function([*places.values()]), strict=True):
                results[index][app] = own
    return results
