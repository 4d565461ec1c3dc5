"""What is a participant's own in a room: sent with the first frames of a join, looked up for many at once.

Somebody who does something with one device is told on the others: who has one socket costs nothing by that.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import transaction

from common.contract import Place
from common.registry import registry
from live import doorbell
from live.batching import REST, Batching
from live.feed import Connection, Feed
from live.protocols import Workers
from live.wire import frame

AT_ONCE = 200  # joins whose own things are looked up together
RESTS = 2 * REST  # seconds between look-ups: who waits follows the room already
# How the doorbell calls a change: by a socket of the process that rings, which knows it already, or in any other way.
BY_SOCKET, OTHERWISE = "own.socket", "own"
KINDS = {BY_SOCKET, OTHERWISE}

Own = dict[str, Any]  # app -> what it says


def changed(key: str, participant_id: int, by_socket: bool = False) -> None:
    """On commit, tell the other devices of a participant, in whatever process, what is their own in a room now."""
    kind = BY_SOCKET if by_socket else OTHERWISE
    transaction.on_commit(lambda: doorbell.touch(key, kind, str(participant_id)))


class Hub(Workers, Protocol):
    """Whose sockets are told."""

    feeds: dict[str, Feed]


class OwnThings:
    """The joins of this process that wait for what is their own, and the changes that are not told yet."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._joins: Batching[tuple[int, str], Own] = Batching(hub, own_of, AT_ONCE, RESTS)
        self._changed: defaultdict[str, set[int]] = defaultdict(set)

    async def joined(self, connection: Connection, keys: list[str]) -> None:
        """Tell a socket that has joined rooms what is its participant's own there: all rooms are looked up together.

        Raises what the database raises.
        """
        viewers = {key: viewer for key in keys if (viewer := connection.viewers.get(key))}
        asked = {
            key: self._joins.add((viewer.participant_id, key))
            for key, viewer in viewers.items()
            if viewer.participant_id is not None and key.partition(":")[0] in registry.own
        }
        found = zip(asked, await asyncio.gather(*asked.values()), strict=True)
        if data := b"".join(_frame(key, own) for key, own in found if own):
            connection.wire.send(data)

    def touched(self, key: str, kind: str, item: str, is_here: bool = False) -> None:
        """Remember a change of the participant `item`'s, made here or in another process, if a socket here is to hear.

        The socket that made it knows: of that process another one is needed.
        """
        feed, participant_id = self.hub.feeds.get(key), int(item)
        least = 2 if is_here and kind == BY_SOCKET else 1
        if feed is not None and feed.followers[participant_id] >= least:
            self._changed[key].add(participant_id)

    async def push(self) -> None:
        """Tell the sockets here what has changed since the last push."""
        changes, self._changed = self._changed, defaultdict(set)
        for key, participants in changes.items():
            if feed := self.hub.feeds.get(key):
                told = _sockets(feed, participants).items()  # looked up together
                await asyncio.gather(*(self._tell_elsewhere(sockets, who, key) for who, sockets in told))

    async def _tell_elsewhere(self, connections: Iterable[Connection], participant_id: int, key: str) -> None:
        if own := await self._joins.add((participant_id, key)):
            data = _frame(key, own, elsewhere=True)
            for connection in connections:
                connection.wire.send(data)


def _frame(key: str, own: Own, **more: bool) -> bytes:
    """What says what is the participant's own in a room: the page may be one that many share."""
    return frame({"t": "own", "room": key, "own": own} | more)


def _sockets(feed: Feed, participants: set[int]) -> dict[int, list[Connection]]:
    """The connections that follow a room, of each of these participants."""
    sockets: defaultdict[int, list[Connection]] = defaultdict(list)
    for connection in feed.members():
        participant_id = connection.viewers[feed.key].participant_id
        if participant_id in participants:
            sockets[participant_id].append(connection)
    return sockets


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
