"""Small writes: one way for what comes up the live socket in batches and for what comes by HTTP, one at a time.

A feature declares a SmallWrite: whom it asks, its rules, and how it stores. Both ways get the same rules, limits and
refusals from it.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from common.numbers import id_in
from common.registry import registry
from live import metrics, own
from live.commit import Work, all_in_bulk
from live.outcomes import Done, Failed, Outcome
from live.writes import Reply, Write
from people import limits
from people.permissions import ban_from, can, participants
from people.refusal import Banned, Refused
from people.request import Request

logger = logging.getLogger(__name__)


@dataclass
class Attempt:
    """One person's try at a small write, and what came of it."""

    participant: Any
    language: str
    data: Any
    thing: Any = None  # what it is about
    item: Any = None  # what is to be stored
    outcome: Outcome[Any] | None = None  # of storing it, or why it is not stored; None until that is known

    @property
    def value(self) -> Any:
        """What storing it gave back. Raises the reason why it is not stored."""
        assert self.outcome is not None
        return self.outcome.get()


def plain_reply(attempt: Attempt, shared: dict[Any, Any]) -> Reply:
    """Stored, with nothing to add."""
    return Reply(200)


@dataclass(frozen=True)
class SmallWrite:
    """A feature's small write.

    `action` is what its author must hold (`Feature.refusals` has the words for others), `view` what everybody holds who
    sees the thing; others are told `gone`. `key(data)` is the id of the thing, 0 or None when there is none;
    `find(ids)` gives the things by id: a session, or something that has one. `rules(author, thing, data)` gives what
    is to be stored, or raises Refused. `store(items)` stores all of them and gives back one outcome for each.
    `own(thing)` is the room in which it is the author's own (`Feature.own`): their other devices are told.
    `reply(attempt, shared)` is what the socket answers to what is stored; `shared` is empty at first
    and belongs to the batch.
    """

    action: str
    view: str
    gone: Any
    key: Callable[[Any], Any]
    find: Callable[[Collection[Any]], Mapping[Any, Any]]
    rules: Callable[[Any, Any, Mapping[str, Any]], Any]
    store: Callable[[list[Any]], Sequence[Outcome[Any]]]
    reply: Callable[[Attempt, dict[Any, Any]], Reply] = plain_reply
    own: Callable[[Any], str] | None = None

    def by_socket(self, batch: list[Write]) -> list[Reply]:
        """Carry out a batch; each message has its own reply. This is what `Feature.writes` takes."""
        people = participants({write.participant_id for write in batch})
        attempts = [Attempt(people.get(write.participant_id), write.language, write.data) for write in batch]
        self._carry_out(attempts, by_socket=True)
        shared: dict[Any, Any] = {}
        return [self._reply(attempt, shared) for attempt in attempts]

    def by_http(self, request: Request, data: dict[str, Any]) -> Attempt:
        """Carry out what a request brings, in the shape that the socket's data has. Raises Refused or Banned."""
        attempt = Attempt(request.user, translation.get_language() or "en", data)
        self._carry_out([attempt], by_socket=False)
        metrics.counts[f'writes_total{{outcome="{_outcome_name(attempt.outcome)}"}}'] += 1
        if isinstance(attempt.outcome, Failed):
            if isinstance(attempt.outcome.error, Banned):
                request.edition = _subject(attempt.thing).edition  # the refusal is a page of it
            raise attempt.outcome.error
        return attempt

    def _carry_out(self, attempts: list[Attempt], by_socket: bool) -> None:
        """Set each attempt's outcome: few queries and one question to Redis, however many they are."""
        keys = [self.key(attempt.data) for attempt in attempts]
        things = self.find({key for key in keys if key})
        for attempt, key in zip(attempts, keys, strict=True):
            attempt.thing = things.get(key)
            if refusal := self._refusal(attempt):
                attempt.outcome = Failed(refusal)
        self._limit([attempt for attempt in attempts if attempt.outcome is None])
        left = [attempt for attempt in attempts if attempt.outcome is None]
        outcomes = self.store([attempt.item for attempt in left]) if left else []
        for attempt, outcome in zip(left, outcomes, strict=True):
            attempt.outcome = outcome
            if self.own is not None and isinstance(outcome, Done):
                own.changed(self.own(attempt.thing), attempt.participant.pk, by_socket)

    def _refusal(self, attempt: Attempt) -> Refused | Banned | None:
        """Why the attempt is refused; None, and its item is set, when only the limit is left to ask."""
        try:
            with translation.override(attempt.language):
                self._permit(attempt.participant, attempt.thing)
                attempt.item = self.rules(attempt.participant, attempt.thing, attempt.data)
        except (Refused, Banned) as refusal:
            return refusal
        return None

    def _permit(self, participant: Any, thing: Any) -> None:
        """Raises Refused, or Banned, when the participant may not do it to the thing. None stands for what is gone."""
        if thing is None or participant is None:
            raise Refused(self.gone, 404)
        subject = _subject(thing)
        if not can(participant, self.view, subject):
            if ban := ban_from(participant, subject):
                raise Banned(ban)
            raise Refused(self.gone, 404)
        if not participant.is_authenticated or not can(participant, self.action, subject):
            raise Refused(registry.refusals[self.action], 403)

    def _limit(self, attempts: list[Attempt]) -> None:
        """Refuse those whose authors do it too often."""
        waits = limits.retry_after_each(self.action, [attempt.participant.pk for attempt in attempts])
        for attempt, wait in zip(attempts, waits, strict=True):
            if wait:
                attempt.outcome = Failed(limits.too_often(wait))

    def _reply(self, attempt: Attempt, shared: dict[Any, Any]) -> Reply:
        with translation.override(attempt.language):
            if isinstance(attempt.outcome, Done):
                return self.reply(attempt, shared)
            assert attempt.outcome is not None
            error = attempt.outcome.error
            if isinstance(error, (Refused, Banned)):
                return Reply(error.status, str(error))
        logger.warning("A write over the link was not stored: %s", error)
        return Reply(503)


def of_session(thing: Any) -> str:
    """The room of a thing's session."""
    return f"session:{_subject(thing).pk}"


def of_edition(thing: Any) -> str:
    """The room of a thing's edition."""
    return f"edition:{_subject(thing).edition_id}"


def _subject(thing: Any) -> Any:
    """What rights are asked for: the thing's session, or the thing itself."""
    return getattr(thing, "session", thing)


def _outcome_name(outcome: Outcome[Any] | None) -> str:
    """As it is called in the metrics."""
    if isinstance(outcome, Done):
        return "committed"
    return "refused" if outcome and isinstance(outcome.error, (Refused, Banned)) else "failed"


def id_under(name: str) -> Callable[[Any], int]:
    """A `key`: the database id under a name."""
    return lambda data: id_in(data, name)


def uuid_under(name: str) -> Callable[[Any], uuid.UUID | None]:
    """A `key`: the UUID under a name."""

    def key(data: Any) -> uuid.UUID | None:
        text = data.get(name) if isinstance(data, dict) else None
        try:
            return uuid.UUID(text) if isinstance(text, str) else None
        except ValueError:
            return None

    return key


def stored_by_room(items: list[Any], room_of: Callable[[Any], str], work: Work[Any, Any]) -> list[Outcome[Any]]:
    """The outcome of `work` for each item; items of one room are committed together."""
    rooms: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        rooms[room_of(item)].append(item)
    outcomes: dict[int, Outcome[Any]] = {}
    for room, group in rooms.items():
        outcomes |= zip(map(id, group), all_in_bulk(room, group, work), strict=True)
    return [outcomes[id(item)] for item in items]
