"""Volatile state: numbers that move faster than anybody reads. Not logged, counted anew when sent, last value wins."""

import asyncio
from collections import defaultdict
from typing import Any, Protocol

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from common.registry import registry
from live import doorbell
from live.feed import Feed
from live.models import Event
from live.protocols import Workers
from live.viewer import Group
from live.wire import frame

INTERVAL = 0.25  # seconds between two pushes, however many changes there were


def touch(key: str, kind: str, item: str) -> None:
    """On commit, tell every process that `item` of a declared kind (`Feature.volatile`) has changed in a room."""
    transaction.on_commit(lambda: doorbell.touch(key, kind, item))


class Hub(Workers, Protocol):
    """Whose sockets are told."""

    feeds: dict[str, Feed]


class Volatile:
    """What has changed since the last push, in the rooms that this process serves."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._changed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._outgoing: set[tuple[str, str, str]] = set()

    def touch(self, key: str, kind: str, item: str) -> None:
        """Remember a change for the next push."""
        if key in self.hub.feeds:
            self._changed[key, kind].add(item)

    def touched_here(self, key: str, kind: str, item: str) -> None:
        """A transaction of this process changed something: the other processes are told with the next push."""
        self.touch(key, kind, item)
        self.pass_on(key, kind, item)

    def pass_on(self, key: str, kind: str, item: str) -> None:
        """Tell the other processes, with the next push."""
        self._outgoing.add((key, kind, item))

    async def push(self) -> None:
        """Tell the other processes and the sockets here what has changed since the last push."""
        outgoing, self._outgoing = self._outgoing, set()
        changed, self._changed = self._changed, defaultdict(set)
        if outgoing:
            await doorbell.send_quietly({}, [list(change) for change in outgoing])
        await asyncio.gather(*(self._push(key, kind, items) for (key, kind), items in changed.items()))

    async def _push(self, key: str, kind: str, items: set[str]) -> None:
        feed = self.hub.feeds.get(key)
        if feed is None:
            return
        async with feed.turn:  # after the events that made what is counted here
            frames = await self.hub.database(_frames, feed, kind, items)
            for group, data in frames.items():
                await feed.spread(list(feed.groups.get(group, {})), data)


def _frames(feed: Feed, kind: str, items: set[str]) -> dict[Group, bytes]:
    """One frame for each present group that may see any of it."""
    data_by_audience = registry.volatile[kind](sorted(items))
    frames = {}
    for group in list(feed.groups):
        viewer = group.viewer()
        parts = [data for audience, data in data_by_audience.items() if viewer.sees(audience)]
        if parts:
            frames[group] = _frame(feed.key, kind, parts, group)
    return frames


def _frame(key: str, kind: str, parts: list[dict[str, Any]], group: Group) -> bytes:
    template = Event(kind=kind).template
    with translation.override(group.language):
        html = "".join(render_to_string(template, {"data": data, "role": group.role}).strip() for data in parts)
    return frame({"t": "volatile", "room": key, "html": html})
