"""One room within one process: its members, grouped so that each event is rendered and framed once per group."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from live import metrics
from live.log import REWRITTEN
from live.models import Event
from live.render import event_frame
from live.replay import Rendered, Replay
from live.viewer import Group, Viewer
from live.wire import Wire

SLICE = 200  # sockets written to before the event loop gets its turn
MAX_BACKLOG = 256 * 1024  # bytes; a socket with more falls back to its cursor


@dataclass(eq=False)
class Connection:
    """One socket: its wire, its language, its sign-in, and the identity under which it is counted once."""

    wire: Wire
    close: Callable[[int], Awaitable[None]]
    language: str
    session_key: str | None
    identity: Any
    viewers: dict[str, Viewer] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)  # keys of the rooms that count it as a follower
    lagging: dict[str, int] = field(default_factory=dict)  # room key -> seq it has been handed
    lagging_since: float = 0.0  # when it had last read, and what was left then
    lagging_backlog: int = 0
    admitted: str = ""  # key of the room that it was let into without asking (Hub.admit)


Lag = Callable[[Connection, str, int], None]


@dataclass
class Batch:
    """Consecutive events for the same people: frames by group, or `participant_id`'s own in every group."""

    events: list[Event]
    frames: dict[Group, bytes]
    participant_id: int | None


class Feed:
    """A room's members in this process. `cursor` is the newest seq that every attached member has been handed.

    Who does not keep up is reported to `lag(connection, key, cursor)`.
    """

    def __init__(self, key: str, parent: str, cursor: int, lag: Lag) -> None:
        self.key = key
        self.parent = parent
        self.cursor = cursor
        self._lag = lag
        self.head = cursor
        self.groups: defaultdict[Group, dict[Connection, None]] = defaultdict(dict)
        self.followers: Counter[Any] = Counter()
        self.replay = Replay(key, self.rendered)
        self.turn = asyncio.Lock()
        self.pumping = False
        self.rung_at = 0.0
        self.rests_until = 0.0  # time.monotonic() before which a crowd is not written to again

    @property
    def size(self) -> int:
        """How many connections are attached."""
        return sum(map(len, self.groups.values()))

    def attach(self, connection: Connection) -> None:
        """From now on the connection gets every event after `cursor`."""
        self.groups[connection.viewers[self.key].group(connection.language)][connection] = None

    def detach(self, connection: Connection) -> None:
        """No further event for this connection."""
        group = connection.viewers[self.key].group(connection.language)
        self.groups[group].pop(connection, None)
        if not self.groups[group]:
            del self.groups[group]

    def batches(self, events: Iterable[Event]) -> list[Batch]:
        """Events as bytes for the present groups. Renders, so it runs in a worker thread."""
        groups = list(self.groups)
        return [
            Batch(run, {group: self.frames(run, group, participant_id) for group in groups}, participant_id)
            for participant_id, run in (
                (addressee, list(consecutive))
                for addressee, consecutive in groupby(events, lambda event: event.addressee)
            )
        ]

    def frames(self, events: list[Event], group: Group, participant_id: int | None) -> bytes:
        """The bytes of those events that a group, or the one participant in it, may see."""
        viewer = group.viewer(participant_id)
        return b"".join(
            event_frame(self.key, event, group.role, group.language) for event in events if viewer.sees(event.audience)
        )

    def rendered(self, events: list[Event], group: Group) -> list[Rendered]:
        """Those events that anybody in a group may see. Runs in a worker thread."""
        return [
            Rendered(event.seq, event.audience, event_frame(self.key, event, group.role, group.language))
            for event in events
            if group.viewer(event.addressee).sees(event.audience)
        ]

    async def write(self, batch: Batch) -> None:
        """Hand a batch to its members and advance the cursor."""
        self.cursor = batch.events[-1].seq
        if any(event.kind == REWRITTEN for event in batch.events):
            self.replay.forget()  # a removed message must not come back
        # Before the first await: whoever attaches from here on has been handed this batch by its catch-up.
        members_by_group = {group: list(members) for group, members in self.groups.items()}
        for group, members in members_by_group.items():
            if group not in batch.frames:  # came while the batch was rendered
                batch.frames[group] = self.frames(batch.events, group, batch.participant_id)
            if batch.participant_id is not None:
                members = [member for member in members if self.is_for(member, batch.participant_id)]
            if data := batch.frames[group]:
                await self.spread(members, data)

    def is_for(self, connection: Connection, participant_id: int) -> bool:
        """Whether the connection is that participant's, and still here."""
        viewer = connection.viewers.get(self.key)
        return viewer is not None and viewer.participant_id == participant_id

    async def spread(self, members: list[Connection], data: bytes) -> None:
        """Write the same bytes to every member, giving the loop its turn in between."""
        metrics.counts["deliveries_total"] += len(members)
        for at in range(0, len(members), SLICE):
            for connection in members[at : at + SLICE]:
                if connection.wire.send(data) > MAX_BACKLOG:
                    self._lag(connection, self.key, self.cursor)
            await asyncio.sleep(0)

    def members(self) -> list[Connection]:
        """Every attached connection."""
        return [connection for group in self.groups.values() for connection in group]
