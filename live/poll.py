"""The poll: rings may be lost, and a database may be set back, so the heads are looked at now and then."""

from typing import Protocol

from live.epochs import Watch
from live.feed import Feed
from live.models import RESTORED
from live.protocols import Listener, Workers
from live.pump import Pump
from live.revocations import REVOKED, Revocations


class Hub(Workers, Protocol):
    """Whose rooms are looked at."""

    feeds: dict[str, Feed]
    listeners: list[Listener]
    pump: Pump
    revocations: Revocations

    def ring(self, key: str, head: int) -> None:
        """The room has reached `head`."""


class Poll:
    """One process's look at the heads of its rooms."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._watch = Watch()

    async def look(self) -> None:
        """Deliver what no ring told of; where the database was set back, everybody takes a fresh page."""
        hub, epoch = self.hub, self._watch.epoch
        known = {key: max(feed.cursor, feed.head) for key, feed in hub.feeds.items()}
        known[REVOKED] = hub.revocations.head
        heads = await hub.database(self._watch.heads, known)
        if epoch != self._watch.epoch:  # what stands for rooms as they were stands for nothing now
            for listener in hub.listeners:
                listener.rechecked(set(), {RESTORED})
        for key, head in heads.items():
            if head >= known[key]:
                hub.ring(key, head)
            elif key == REVOKED:
                hub.revocations.set_back(head)
            elif key in hub.feeds:
                for listener in hub.listeners:
                    listener.rechecked(set(), {key})
                await hub.pump.set_back(hub.feeds[key], head)
