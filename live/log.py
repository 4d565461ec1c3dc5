"""A room's log: gapless, in commit order, one event for each client id."""

import uuid
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from common.prepared import Prepared
from common.registry import registry
from live import doorbell
from live.audiences import EVERYONE, NOBODY
from live.models import Event, Room

_WRITTEN = Prepared(
    lambda key, participants, clients: Event.objects.filter(
        room__key=key,
        participant_id__in=participants,
        client_id__in=clients,  # without participants no index serves it
    )
)
REWRITTEN = "live.rewritten"  # the kind that says: what this log told before is no longer what it says


def append(
    key: str,
    kind: str,
    data: dict[str, Any],
    *,
    audience: str = EVERYONE,
    participant_id: int | None = None,
    client_id: uuid.UUID | None = None,
    parent: str = "",
) -> Event:
    """Append an event to a room's log inside the caller's transaction; ring the doorbell on commit.

    The row lock of the head makes commit order equal seq order. Raises IntegrityError when the client id was used.
    """
    event = Event(kind=kind, data=data, audience=audience, participant_id=participant_id, client_id=client_id)
    append_all(key, [event], parent)
    return event


def append_all(key: str, events: list[Event], parent: str = "") -> None:
    """Append new events as `append` does, with as many statements as for one; sets their room and seq."""
    if not connection.in_atomic_block:
        raise RuntimeError("append() belongs into the transaction that changes the state")
    room_id, head = _advance(key, parent, len(events))
    for seq, event in enumerate(events, head - len(events) + 1):
        event.room_id, event.seq = room_id, seq
    Event.objects.bulk_create(events)
    transaction.on_commit(lambda: doorbell.ring(key, head))


def append_each(entries: Iterable[tuple[str, Event, str]]) -> None:
    """Append a new event to each of many rooms (key, event, parent), as `append` does, with as many statements as for
    one."""
    rows = list(entries)
    events = {key: event for key, event, _parent in rows}
    if not connection.in_atomic_block:
        raise RuntimeError("append_each() belongs into the transaction that changes the state")
    # Always in the order of their keys: two writers of the same rooms wait for each other, not for ever.
    locked = Room.objects.select_for_update().filter(key__in=events).order_by("key")
    rooms = {room.key: room for room in locked}
    if missing := {key: parent for key, _event, parent in rows if key not in rooms}:
        Room.open_all(missing)
        rooms = {room.key: room for room in locked.all()}
    Room.objects.filter(pk__in=[room.pk for room in rooms.values()]).update(head=F("head") + 1)
    for key, room in rooms.items():
        events[key].room_id, events[key].seq = room.pk, room.head + 1
        transaction.on_commit(partial(doorbell.ring, key, room.head + 1))
    Event.objects.bulk_create(events.values())


def _advance(key: str, parent: str, by: int) -> tuple[int, int]:
    """Take the room's next seqs and hold its row lock until commit; the room's id and new head."""
    sql = "UPDATE live_room SET head = head + %s WHERE key = %s RETURNING id, head"
    with connection.cursor() as cursor:
        cursor.execute(sql, [by, key])
        row = cursor.fetchone()
        if row is None:
            Room.open(key, parent)
            cursor.execute(sql, [by, key])
            row = cursor.fetchone()
    return row[0], row[1]


def written(key: str, ids: Iterable[tuple[int, uuid.UUID]]) -> dict[tuple[int, uuid.UUID], Event]:
    """(participant id, client id) -> the event that was written under the two, for those that were."""
    pairs = set(ids)
    events = _WRITTEN.ask(key, {participant_id for participant_id, _ in pairs}, {client_id for _, client_id in pairs})
    by_ids = {(event.participant_id, event.client_id): event for event in events}
    return {pair: by_ids[pair] for pair in pairs if pair in by_ids}


def once(key: str, participant_id: int, client_id: uuid.UUID, operation: Callable[[], Event]) -> Event:
    """Run `operation` in a transaction unless this client id has been written; a repeat returns the first event."""
    ids = participant_id, client_id
    if event := written(key, [ids]).get(ids):
        return event
    try:
        with transaction.atomic():
            return operation()
    except IntegrityError:
        if event := written(key, [ids]).get(ids):
            return event
        raise


def between(key: str, after: int, upto: int) -> list[Event]:
    """The events of a room with after < seq <= upto, in order, with what they show now."""
    events = list(Event.objects.filter(room__key=key, seq__gt=after, seq__lte=upto).order_by("seq"))
    look_up(events)
    return events


def look_up(events: list[Event]) -> None:
    """Set what each event shows now: its data, or what its kind's source gives for it, asked once for all."""
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    for kind, same in by_kind.items():
        data = [event.data for event in same]
        source = registry.events.get(kind)
        for event, shown in zip(same, source(data) if source else data, strict=True):
            event.shown = shown


def rewrite(key: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Give the events of a room's log the data that `change` makes of theirs: what was sent stays sent, but no
    catch-up brings it back. Belongs into a transaction, as `append`."""
    changed = False
    for event in Event.objects.filter(room__key=key).order_by("seq").iterator(chunk_size=500):
        if (data := change(event.data)) != event.data:
            changed = bool(Event.objects.filter(pk=event.pk).update(data=data))
    if changed:
        hide(key)


def hide(key: str) -> None:
    """Say that something in a room is shown no more: what was rendered for those who come back is forgotten.

    Belongs into the transaction that hides or deletes it.
    """
    append(key, REWRITTEN, {}, audience=NOBODY)
