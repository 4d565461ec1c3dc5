"""Upstream: small writes that thousands make in the same seconds come over the socket and are carried out in batches.

An app declares its kinds (`Feature.writes`): `received(said) -> replies`, called in a database thread with everything
that has arrived while the batch before it was under way. Each message is answered by its own reply, after the commit;
a client that gets none, or a 503, sends the same by HTTP.
"""

import logging
import time
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import OperationalError

from common.registry import registry
from live import metrics
from live.feed import Connection
from live.viewer import Viewer
from live.wire import frame

if TYPE_CHECKING:
    from live.hub import Hub

logger = logging.getLogger(__name__)
TIMES, SECONDS = 60, 10.0  # messages that one participant may send to this process, within how long


class BadFrame(Exception):
    """A control frame that is not ours."""


@dataclass(frozen=True)
class Saying:
    """A client's message: its kind, the client's own id for the reply, and the data. Raises BadFrame."""

    kind: str
    id: str
    data: Any

    def __post_init__(self) -> None:
        if not isinstance(self.kind, str) or self.kind not in registry.writes:
            raise BadFrame
        if not isinstance(self.id, str) or len(self.id) > 40:
            raise BadFrame


@dataclass(frozen=True)
class Said:
    """A message as its kind's function gets it."""

    participant_id: int
    language: str
    data: Any


@dataclass(frozen=True)
class Reply:
    """What came of a message: a status as in HTTP, words or HTML for the person, a room they may follow from now on."""

    status: int
    html: str = ""
    room: str = ""
    viewer: Viewer | None = None


class Upstream:
    """What has been said to this process and waits for its batch, by kind."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self._waiting: dict[str, deque[tuple[Connection, Saying, Said]]] = {}
        self._busy: set[str] = set()
        self._said: Counter[int] = Counter()
        self._since = 0.0

    def say(self, connection: Connection, saying: Saying) -> None:
        """Take a message from a socket; who is not signed in is refused."""
        if not connection.viewers:  # between two rooms, e.g. taking a fresh page: HTTP serves it
            return self._answer(connection, saying, Reply(503))
        who = next((viewer.participant_id for viewer in connection.viewers.values() if viewer.participant_id), None)
        if who is None:
            self._answer(connection, saying, Reply(403))
        elif self._too_often(who):
            self._answer(connection, saying, Reply(429))
        else:
            waiting = self._waiting.setdefault(saying.kind, deque())
            waiting.append((connection, saying, Said(who, connection.language, saying.data)))
            if saying.kind not in self._busy:
                self._busy.add(saying.kind)
                self.hub.spawn(self._work(saying.kind, waiting))

    def _too_often(self, who: int) -> bool:
        now = time.monotonic()
        if now - self._since > SECONDS:
            self._since = now
            self._said.clear()
        self._said[who] += 1
        return self._said[who] > TIMES

    async def _work(self, kind: str, waiting: deque[tuple[Connection, Saying, Said]]) -> None:
        """Carry out batch after batch until nothing waits."""
        try:
            while waiting:
                batch = [waiting.popleft() for _ in range(min(settings.LIVE_UPSTREAM_AT_ONCE, len(waiting)))]
                replies = await self._replies(kind, [said for _one, _saying, said in batch])
                for (connection, saying, _said), reply in zip(batch, replies, strict=True):
                    self._answer(connection, saying, reply)
        finally:
            self._busy.discard(kind)

    async def _replies(self, kind: str, said: list[Said]) -> list[Reply]:
        """What came of a batch; when it fails though the database is there, of each alone: one may be at fault."""
        try:
            found: list[Reply] = await self.hub.database(registry.writes[kind], said)
        except OperationalError as error:
            logger.warning("A batch of %s failed: %s", kind, error)
            return [Reply(503)] * len(said)
        except Exception:
            if len(said) > 1:
                return [reply for one in said for reply in await self._replies(kind, [one])]
            logger.exception("A message of %s failed", kind)
            return [Reply(503)]
        return found

    def _answer(self, connection: Connection, saying: Saying, reply: Reply) -> None:
        metrics.counts[f'writes_total{{outcome="{_outcome(reply.status)}"}}'] += 1
        if connection not in self.hub.connections:
            return
        told: dict[str, Any] = {"t": "reply", "id": saying.id, "status": reply.status}
        if reply.html:
            told["html"] = reply.html
        connection.wire.send(frame(told))
        if reply.viewer is not None:
            self.hub.admit(connection, reply.room, reply.viewer)


def _outcome(status: int) -> str:
    """As it is called in the metrics."""
    if status < 300:
        return "committed"
    return "failed" if status >= 500 else "refused"
