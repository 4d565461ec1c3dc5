"""Small writes that thousands make in the same seconds come over the socket and are carried out in batches.

An app declares its kinds (`Feature.writes`): a function that takes a list of `Write` and gives a `Reply` to each. It is
called in a database thread with everything that has arrived while the batch before it was under way. Each reply is sent
after the commit; a client that gets none, or a 503, sends the same by HTTP.
"""

import asyncio
import logging
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from django.conf import settings
from django.db import OperationalError

from common.registry import registry
from live import metrics
from live.batching import Batching
from live.feed import Connection
from live.protocols import Workers
from live.viewer import Viewer
from live.wire import frame

logger = logging.getLogger(__name__)
TIMES, SECONDS = 60, 10.0  # writes that one participant may send to this process, within how long


class BadFrame(Exception):
    """A control frame that is not ours."""


@dataclass(frozen=True)
class WriteFrame:
    """A write as it is in a control frame: its kind, the client's own id for the reply, its data. Raises BadFrame."""

    kind: str
    id: str
    data: Any

    def __post_init__(self) -> None:
        if not isinstance(self.kind, str) or self.kind not in registry.writes:
            raise BadFrame
        if not isinstance(self.id, str) or len(self.id) > 40:
            raise BadFrame


@dataclass(frozen=True)
class Write:
    """A write as its kind's function gets it."""

    participant_id: int
    language: str
    data: Any


@dataclass(frozen=True)
class Reply:
    """What came of a write: a status as in HTTP, words or HTML for the person, a room they may follow from now on."""

    status: int
    html: str = ""
    room: str = ""
    viewer: Viewer | None = None


class Hub(Workers, Protocol):
    """Whose sockets the writes come from."""

    connections: set[Connection]

    def admit(self, connection: Connection, key: str, viewer: Viewer) -> bool:
        """Let a socket follow a room without asking its gate."""


class Writes:
    """The writes that came to this process and wait for their batch, by kind."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._batches: dict[str, Batching[Write, Reply]] = {}
        self._counts: Counter[int] = Counter()  # of writes, by participant
        self._counted_since = 0.0

    def take(self, connection: Connection, write: WriteFrame) -> None:
        """Take a write from a socket; who is not signed in is refused."""
        if not connection.viewers:  # between two rooms, e.g. taking a fresh page: HTTP serves it
            return self._answer(connection, write, Reply(503))
        viewers = connection.viewers.values()
        participant_id = next((viewer.participant_id for viewer in viewers if viewer.participant_id), None)
        if participant_id is None:
            self._answer(connection, write, Reply(403))
        elif self._too_often(participant_id):
            self._answer(connection, write, Reply(429))
        else:
            future = self._batching(write.kind).add(Write(participant_id, connection.language, write.data))
            future.add_done_callback(partial(self._done, connection, write))

    def _too_often(self, participant_id: int) -> bool:
        now = time.monotonic()
        if now - self._counted_since > SECONDS:
            self._counted_since = now
            self._counts.clear()
        self._counts[participant_id] += 1
        return self._counts[participant_id] > TIMES

    def _batching(self, kind: str) -> Batching[Write, Reply]:
        if kind not in self._batches:
            self._batches[kind] = Batching(self.hub, registry.writes[kind], settings.LIVE_WRITES_AT_ONCE)
        return self._batches[kind]

    def _done(self, connection: Connection, write: WriteFrame, future: asyncio.Future[Reply]) -> None:
        if error := future.exception():
            if not isinstance(error, OperationalError):  # that one is logged once for the whole batch
                logger.error("A write of %s failed", write.kind, exc_info=error)
            return self._answer(connection, write, Reply(503))
        self._answer(connection, write, future.result())

    def _answer(self, connection: Connection, write: WriteFrame, reply: Reply) -> None:
        metrics.counts[f'writes_total{{outcome="{_outcome(reply.status)}"}}'] += 1
        if connection not in self.hub.connections:
            return
        message: dict[str, Any] = {"t": "reply", "id": write.id, "status": reply.status}
        if reply.html:
            message["html"] = reply.html
        connection.wire.send(frame(message))
        if reply.viewer is not None:
            self.hub.admit(connection, reply.room, reply.viewer)


def _outcome(status: int) -> str:
    """As it is called in the metrics."""
    if status < 300:
        return "committed"
    return "failed" if status >= 500 else "refused"
