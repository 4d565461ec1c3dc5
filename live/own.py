"""What is a participant's own in a room: sent with the first frames of a join, looked up for many at once."""

from typing import Any

from common.registry import registry
from live.batching import Batching
from live.protocols import Workers

AT_ONCE = 100  # joins whose own things are looked up together

Pair = tuple[int, str]  # participant, room key
Own = dict[str, Any]  # app -> what it says


class OwnThings:
    """The joins of this process that wait for what is their own."""

    def __init__(self, workers: Workers) -> None:
        self._joins: Batching[Pair, Own] = Batching(workers, own_of, AT_ONCE)

    async def of(self, participant_id: int, key: str) -> Own:
        """What the apps keep of a participant in a room. Raises what the database raises."""
        if key.partition(":")[0] not in registry.own:
            return {}
        return await self._joins.add((participant_id, key))


def own_of(pairs: list[Pair]) -> list[Own]:
    """What each participant has of their own in each room, in the same order; some queries, however many."""
    results: list[Own] = [{} for _ in pairs]
    kinds = [key.partition(":")[0] for _, key in pairs]
    for kind in dict.fromkeys(kinds):
        at = [index for index, each in enumerate(kinds) if each == kind]
        for app, function in registry.own.get(kind, {}).items():
            for index, own in zip(at, function([pairs[index] for index in at]), strict=True):
                results[index][app] = own
    return results
