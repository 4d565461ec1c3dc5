"""Who follows: each process reports its own followers, every process counts those of all, each of them once."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from common import clock
from common.registry import registry
from live.feed import Connection, Feed
from live.models import PRESENCE_LIFETIME, Follower, Presence
from live.protocols import Workers
from live.wire import frame

PRESENT = 120.0  # seconds between the words to the apps about which sign-ins have a socket
REFRESH = PRESENCE_LIFETIME / 3  # unchanged rows are written again this often

Rooms = dict[str, tuple[str, frozenset[Any]]]  # room key -> parent, identities of its followers
Row = tuple[str, str, uuid.UUID, int, datetime]  # parent, room key, process, followers, when it was written
NOBODY: frozenset[Any] = frozenset()


class Reporter:
    """Writes one process's followers."""

    def __init__(self) -> None:
        self.process = uuid.uuid4()
        self._reported: Rooms = {}
        self._reported_at: datetime | None = None

    def report(self, rooms: Rooms) -> None:
        """Write what changed, and everything now and then so that the rows stay fresh."""
        now = clock.now()
        due = self._reported_at is None or now - self._reported_at > REFRESH
        if not due and rooms == self._reported:
            return  # mostly: a transaction would wait for whoever writes
        with transaction.atomic():
            before = self._stored() if due else self._reported
            gone = {key: (parent, NOBODY) for key, (parent, _) in before.items() if key not in rooms}
            changed = {key: room for key, room in (rooms | gone).items() if due or before.get(key) != room}
            self._write_counts(changed, now)
            for key, (_parent, followers) in changed.items():
                self._write_followers(key, before.get(key, ("", NOBODY))[1], followers)
            if due:
                _forget_dead(now)
        self._reported = rooms
        self._reported_at = now if due else self._reported_at

    def _stored(self) -> Rooms:
        """What was reported; nothing when the rows are not all there: this process stood still, or the database was
        set back."""
        expected = sum(len(followers) for _parent, followers in self._reported.values())
        stored = Follower.objects.filter(process=self.process)
        if stored.count() == expected:
            return self._reported
        stored.delete()
        return {}

    def _write_counts(self, rooms: Rooms, now: datetime) -> None:
        Presence.objects.bulk_create(
            [
                Presence(process=self.process, key=key, parent=parent, count=len(followers), seen_at=now)
                for key, (parent, followers) in rooms.items()
            ],
            update_conflicts=True,
            unique_fields=["process", "key"],
            update_fields=["parent", "count", "seen_at"],
        )

    def _write_followers(self, key: str, before: Collection[Any], now: Collection[Any]) -> None:
        came, left = set(now) - set(before), set(before) - set(now)
        if left:
            mine = Follower.objects.filter(process=self.process, key=key)
            mine.filter(identity__in=[str(identity) for identity in left]).delete()
        made = [
            Follower(
                process=self.process,
                key=key,
                identity=str(identity),
                participant_id=identity if isinstance(identity, int) else None,
            )
            for identity in came
        ]
        Follower.objects.bulk_create(made, ignore_conflicts=True)

    def withdraw(self) -> None:
        """Take this process's rows out: it stops."""
        Presence.objects.filter(process=self.process).delete()
        Follower.objects.filter(process=self.process).delete()


def _forget_dead(now: datetime) -> None:
    """Delete the rows of processes that have not been there for long; of two that look, one does it."""
    old = Presence.objects.filter(seen_at__lt=now - 4 * PRESENCE_LIFETIME).order_by("pk")
    rows = list(old.select_for_update(skip_locked=True).values_list("pk", "process", "count"))
    if rows:
        dead = {process for _pk, process, count in rows if count}
        Follower.objects.filter(process__in=dead).delete()
        Presence.objects.filter(pk__in=[pk for pk, _process, _count in rows]).delete()


class Hub(Workers, Protocol):
    """Whose followers are counted."""

    feeds: dict[str, Feed]
    connections: set[Connection]


class Followers:
    """The followers as one process tells its sockets. `counts`: parent -> room key -> followers in all processes."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.reporter = Reporter()
        self.counts: dict[str, dict[str, int]] = {}
        self._rows: set[Row] = set()
        self._totals: dict[str, dict[str, int]] = {}

    async def tell_present(self) -> None:
        """Tell the apps that ask which sign-ins have a socket here."""
        keys = {connection.session_key for connection in self.hub.connections} - {None}
        for present in registry.all("present") if keys else ():
            await self.hub.database(present, keys)

    async def count(self) -> None:
        """Report this process's followers; tell members of parent rooms what changed."""
        feeds = self.hub.feeds
        rooms = {feed.key: (feed.parent, frozenset(feed.followers)) for feed in feeds.values() if feed.parent}
        # Set before the first write: whoever joins during the writes is told the new numbers.
        before, self.counts = self.counts, await self.hub.database(self._report, rooms, list(feeds))
        for key, feed in list(feeds.items()):
            new, old = self.counts.get(key, {}), before.get(key, {})
            changed = {room: new.get(room, 0) for room in new.keys() | old.keys() if new.get(room, 0) != old.get(room)}
            if changed:
                data = frame({"t": "presence", "room": key, "counts": changed})
                await feed.spread(feed.members(), data)

    def _report(self, rooms: Rooms, parents: list[str]) -> dict[str, dict[str, int]]:
        """Write this process's followers; parent -> room key -> followers. Counted only when a row has changed."""
        self.reporter.report(rooms)
        found = Presence.fresh().filter(parent__in=parents)
        rows: set[Row] = set(found.values_list("parent", "key", "process", "count", "seen_at"))
        if rows != self._rows:
            self._rows, self._totals = rows, totals(rows)
        return self._totals


def totals(rows: Collection[Row]) -> dict[str, dict[str, int]]:
    """Parent -> room key -> followers over all processes."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    by_key = Presence.once_each((key, process, count) for _parent, key, process, count, _at in rows)
    for parent, key, *_rest in rows:
        counts[parent][key] = by_key[key]
    return counts
