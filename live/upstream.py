"""Upstream: small writes that thousands make in the same seconds come over the socket and are carried out in batches.

An app declares its kinds (`Feature.writes`): `received(said) -> replies`, called in a database thread with everything
that has arrived while the batch before it was under way. Each message is answered by its own reply, after the commit;
a client that gets none, or a 503, sends the same by HTTP.
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


class Hub(Workers, Protocol):
    """Whose sockets the writes come from."""

    connections: set[Connection]

    def admit(self, connection: Connection, key: str, viewer: Viewer) -> bool:
        """Let a socket follow a room without asking its gate."""


class Upstream:
    """What has been said to this process and waits for its batch, by kind."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._batches: dict[str, Batching[Said, Reply]] = {}
        self._counts: Counter[int] = Counter()  # of messages, by participant
        self._counted_since = 0.0

    def say(self, connection: Connection, saying: Saying) -> None:
        """Take a message from a socket; who is not signed in is refused."""
        if not connection.viewers:  # between two rooms, e.g. taking a fresh page: HTTP serves it
            return self._answer(connection, saying, Reply(503))
        viewers = connection.viewers.values()
        participant_id = next((viewer.participant_id for viewer in viewers if viewer.participant_id), None)
        if participant_id is None:
            self._answer(connection, saying, Reply(403))
        elif self._too_often(participant_id):
            self._answer(connection, saying, Reply(429))
        else:
            future = self._batching(saying.kind).add(Said(participant_id, connection.language, saying.data))
            future.add_done_callback(partial(self._done, connection, saying))

    def _too_often(self, participant_id: int) -> bool:
        now = time.monotonic()
        if now - self._counted_since > SECONDS:
            self._counted_since = now
            self._counts.clear()
        self._counts[participant_id] += 1
        return self._counts[participant_id] > TIMES

    def _batching(self, kind: str) -> Batching[Said, Reply]:
        if kind not in self._batches:
            self._batches[kind] = Batching(self.hub, registry.writes[kind], settings.LIVE_UPSTREAM_AT_ONCE)
        return self._batches[kind]

    def _done(self, connection: Connection, saying: Saying, future: asyncio.Future[Reply]) -> None:
        if error := future.exception():
            if not isinstance(error, OperationalError):  # that one is logged once for the whole batch
                logger.error("A message of %s failed", saying.kind, exc_info=error)
            return self._answer(connection, saying, Reply(503))
        self._answer(connection, saying, future.result())

    def _answer(self, connection: Connection, saying: Saying, reply: Reply) -> None:
        metrics.counts[f'writes_total{{outcome="{_outcome(reply.status)}"}}'] += 1
        if connection not in self.hub.connections:
            return
        message: dict[str, Any] = {"t": "reply", "id": saying.id, "status": reply.status}
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
