"""The truth: rooms, their gapless event log, and who is following, per process."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction

from common import clock
from live import doorbell

EVERYONE = "everyone"
STAFF = "staff"
SPEAKERS = "speakers"
VISITORS, REGISTERED = "visitors", "registered"  # of an edition: who only looks in, and who belongs to it
REVOKED = "revoked"  # the room in whose log the revocations stand; nobody may join it
NOBODY = "nobody"  # an event that tells the processes something
REWRITTEN = "live.rewritten"  # the kind that says: what this log told before is no longer what it says
PRESENCE_LIFETIME = timedelta(seconds=15)


def only(participant_id: int) -> str:
    """The audience of one participant."""
    return f"participant:{participant_id}"


class Room(models.Model):
    """Something followed live, e.g. "session:12". Presence in it is shown to the members of `parent`."""

    key = models.CharField(max_length=64, unique=True)
    head = models.BigIntegerField(default=0, help_text="seq of the newest event")
    parent = models.CharField(max_length=64, default="", db_index=True)

    def __str__(self) -> str:
        return self.key

    @classmethod
    def open(cls, key: str, parent: str = "") -> "Room":
        """The room of that key, made when it is missing."""
        return cls.objects.get_or_create(key=key, defaults={"parent": parent})[0]

    @classmethod
    def heads(cls, keys: Iterable[str]) -> dict[str, int]:
        """Key -> head; 0 for a room that has not been opened yet."""
        keys = list(keys)
        return dict.fromkeys(keys, 0) | dict(cls.objects.filter(key__in=keys).values_list("key", "head"))


class Event(models.Model):
    """One entry of a room's log. `kind` names its template: "chat.message" -> chat/events/message.html."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    data = models.JSONField(encoder=DjangoJSONEncoder)
    audience = models.CharField(max_length=40, default=EVERYONE)
    participant_id = models.BigIntegerField(null=True)
    client_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="one_event_per_seq"),
            models.UniqueConstraint(fields=["room", "participant_id", "client_id"], name="one_event_per_client_id"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq} {self.kind}"

    @property
    def addressee(self) -> int | None:
        """The one participant it is for, if it is for one."""
        name, _, participant_id = self.audience.partition(":")
        return int(participant_id) if name == "participant" else None

    @property
    def template(self) -> str:
        """The template that renders this event."""
        app, name = self.kind.split(".", 1)
        return f"{app}/events/{name}.html"


class Presence(models.Model):
    """How many one server process sees following a room; a row counts while its process refreshes it."""

    process = models.UUIDField()
    key = models.CharField(max_length=64)
    parent = models.CharField(max_length=64, default="")
    count = models.IntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "key"], name="one_presence_per_process")]
        indexes = [models.Index(fields=["seen_at"]), models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"

    @classmethod
    def counts(cls, keys: Iterable[str]) -> dict[str, int]:
        """Room key -> followers over all processes, for the keys that have any."""
        fresh = cls.objects.filter(key__in=list(keys), seen_at__gt=clock.now() - PRESENCE_LIFETIME)
        return dict(fresh.values_list("key").annotate(total=models.Sum("count")).filter(total__gt=0))


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


def revoke(participant_id: int) -> None:
    """Let every process look anew at what a participant's open sockets may see, as soon as this commits."""
    with transaction.atomic():
        append(REVOKED, "live.revoked", {}, audience=STAFF, participant_id=participant_id)


def revoke_all(key: str) -> None:
    """Let every process look anew at who may follow a room, as soon as this commits."""
    with transaction.atomic():
        append(REVOKED, "live.revoked", {"room": key}, audience=STAFF)


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


def written(key: str, client_ids: Iterable[uuid.UUID]) -> dict[tuple[int | None, uuid.UUID | None], Event]:
    """(participant id, client id) -> the event that was written under it, for those that were."""
    found = Event.objects.filter(room__key=key, client_id__in=list(client_ids))
    return {(event.participant_id, event.client_id): event for event in found}


def once(key: str, participant_id: int, client_id: uuid.UUID, operation: Callable[[], Event]) -> Event:
    """Run `operation` in a transaction unless this client id has been written; a repeat returns the first event."""
    if event := written(key, [client_id]).get((participant_id, client_id)):
        return event
    try:
        with transaction.atomic():
            return operation()
    except IntegrityError:
        if event := written(key, [client_id]).get((participant_id, client_id)):
            return event
        raise


def between(key: str, after: int, upto: int) -> list[Event]:
    """The events of a room with after < seq <= upto, in order."""
    return list(Event.objects.filter(room__key=key, seq__gt=after, seq__lte=upto).order_by("seq"))


def rewrite(key: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Give the events of a room's log the data that `change` makes of theirs: what was sent stays sent, but no
    catch-up brings it back. Belongs into a transaction, as `append`."""
    changed = False
    for event in Event.objects.filter(room__key=key).order_by("seq").iterator(chunk_size=500):
        if (data := change(event.data)) != event.data:
            changed = bool(Event.objects.filter(pk=event.pk).update(data=data))
    if changed:
        append(key, REWRITTEN, {}, audience=NOBODY)


def redact(key: str, participant_id: int, client_id: uuid.UUID, **changes: Any) -> None:
    """Change fields of an event's data in the log, so that a later catch-up does not bring back what was removed."""
    event = Event.objects.get(room__key=key, participant_id=participant_id, client_id=client_id)
    event.data |= changes
    event.save(update_fields=["data"])
    append(key, REWRITTEN, {}, audience=NOBODY)
