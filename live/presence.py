"""Who follows: each process reports its own numbers, every process sums them up."""

import uuid
from collections import defaultdict
from datetime import datetime
from typing import Protocol

from django.db.models import Sum

from common import clock
from common.registry import registry
from live.feed import Connection, Feed
from live.models import PRESENCE_LIFETIME, Presence
from live.protocols import Workers
from live.wire import frame

PRESENT = 120.0  # seconds between the words to the apps about which sign-ins have a socket
REFRESH = PRESENCE_LIFETIME / 3  # unchanged rows are written again this often

Counts = dict[str, tuple[str, int]]  # room key -> parent, followers


class Reporter:
    """Writes one process's followers and reads everybody's."""

    def __init__(self) -> None:
        self.process = uuid.uuid4()
        self._reported: Counts = {}
        self._reported_at: datetime | None = None

    def report(self, counts: Counts) -> None:
        """Write what changed, and everything now and then so that the rows stay fresh."""
        now = clock.now()
        due = self._reported_at is None or now - self._reported_at > REFRESH
        gone = {key: (parent, 0) for key, (parent, _) in self._reported.items() if key not in counts}
        changed = {key: value for key, value in counts.items() if due or self._reported.get(key) != value} | gone
        if changed:
            Presence.objects.bulk_create(
                [
                    Presence(process=self.process, key=key, parent=parent, count=count, seen_at=now)
                    for key, (parent, count) in changed.items()
                ],
                update_conflicts=True,
                unique_fields=["process", "key"],
                update_fields=["count", "seen_at"],
            )
        if due:
            Presence.objects.filter(seen_at__lt=now - 4 * PRESENCE_LIFETIME).delete()
            self._reported_at = now
        self._reported = counts

    def withdraw(self) -> None:
        """Take this process's rows out: it stops."""
        Presence.objects.filter(process=self.process).delete()


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

    async def tell_present(self) -> None:
        """Tell the apps that ask which sign-ins have a socket here."""
        keys = {connection.session_key for connection in self.hub.connections} - {None}
        for present in registry.all("present") if keys else ():
            await self.hub.database(present, keys)

    async def count(self) -> None:
        """Report this process's followers; tell members of parent rooms what changed."""
        feeds = self.hub.feeds
        counts = {feed.key: (feed.parent, len(feed.followers)) for feed in feeds.values() if feed.parent}

        def report() -> dict[str, dict[str, int]]:
            self.reporter.report(counts)
            return totals(list(feeds))

        # Set before the first write: whoever joins during the writes is told the new numbers.
        before, self.counts = self.counts, await self.hub.database(report)
        for key, feed in list(feeds.items()):
            new, old = self.counts.get(key, {}), before.get(key, {})
            changed = {room: new.get(room, 0) for room in new.keys() | old.keys() if new.get(room, 0) != old.get(room)}
            if changed:
                data = frame({"t": "presence", "room": key, "counts": changed})
                await feed.spread(feed.members(), data)


def totals(parents: list[str]) -> dict[str, dict[str, int]]:
    """Parent -> room key -> followers over all processes."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = Presence.objects.filter(parent__in=parents, seen_at__gt=clock.now() - PRESENCE_LIFETIME)
    for parent, key, total in rows.values_list("parent", "key").annotate(total=Sum("count")):
        counts[parent][key] = total
    return counts
