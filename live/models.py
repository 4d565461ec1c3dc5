"""The truth: rooms, their gapless event log, and who is following, per process."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from common import clock
from common.prepared import Prepared
from live.audiences import EVERYONE, addressee

PRESENCE_LIFETIME = timedelta(seconds=15)
EPOCH = 10_000_000  # events of a room within one epoch (live/epochs.py)
RESTORED = "restored"  # the room whose head holds the newest epoch; nobody may join it


def epoch_of(seq: int) -> int:
    """The epoch that a seq, cursor or head belongs to."""
    return seq // EPOCH


class Room(models.Model):
    """Something followed live, e.g. "session:12". Presence in it is shown to the members of `parent`."""

    key = models.CharField(max_length=64, unique=True)
    head = models.BigIntegerField(default=0, help_text="seq of the newest event")
    parent = models.CharField(max_length=64, default="", db_index=True)

    def __str__(self) -> str:
        return self.key

    @classmethod
    def open(cls, key: str, parent: str = "") -> "Room":
        """The room of that key, made in the newest epoch when it is missing."""
        room = cls.objects.filter(key=key).first()
        if room is None:
            head = epoch_of(cls.heads([RESTORED])[RESTORED]) * EPOCH
            room, _made = cls.objects.get_or_create(key=key, defaults={"parent": parent, "head": head})
        return room

    @classmethod
    def open_all(cls, parents: Mapping[str, str]) -> None:
        """Make rooms (key -> parent), as `open` does, where they are missing."""
        head = epoch_of(cls.heads([RESTORED])[RESTORED]) * EPOCH
        rooms = [Room(key=key, parent=parents[key], head=head) for key in sorted(parents)]
        Room.objects.bulk_create(rooms, ignore_conflicts=True)

    @classmethod
    def heads(cls, keys: Iterable[str]) -> dict[str, int]:
        """Key -> head; 0 for a room that has not been opened yet."""
        keys = list(keys)
        return dict.fromkeys(keys, 0) | dict(_HEADS.ask(keys))


_HEADS: Prepared[tuple[str, int]] = Prepared(lambda keys: Room.objects.filter(key__in=keys).values_list("key", "head"))


class Event(models.Model):
    """One entry of a room's log. `kind` names its template: "chat.message" -> chat/events/message.html.

    `data` is what the entry shows, or, of kinds with a source (`Feature.events`), only what it is about: ids and a
    state. What may be deleted or hidden later, and every number that is counted, is looked up when the entry is sent.
    """

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

    shown: Any = None  # what it shows now, once `live.log.look_up` has asked; None: nothing

    @property
    def addressee(self) -> int | None:
        """The one participant it is for, if it is for one."""
        return addressee(self.audience)

    @property
    def template(self) -> str:
        """The template that renders this event."""
        app, name = self.kind.split(".", 1)
        return f"{app}/events/{name}.html"


class Presence(models.Model):
    """How many one server process sees following a room; a row counts while its process refreshes it.

    Who they are says Follower: who is there by several processes counts once.
    """

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
        rows = _COUNTS.ask(clock.now() - PRESENCE_LIFETIME, list(keys))
        return {key: count for key, count in cls.once_each(rows).items() if count}

    @classmethod
    def fresh(cls) -> models.QuerySet["Presence"]:
        """The rows of processes that are there."""
        return cls.objects.filter(seen_at__gt=clock.now() - PRESENCE_LIFETIME)

    @staticmethod
    def once_each(rows: Iterable[tuple[str, uuid.UUID, int]]) -> dict[str, int]:
        """Room key -> followers, of (room key, process, count). Only where processes are several, all are read."""
        counts: defaultdict[str, list[tuple[uuid.UUID, int]]] = defaultdict(list)
        for key, process, count in rows:
            counts[key].append((process, count))
        totals = {key: sum(count for _process, count in shares) for key, shares in counts.items()}
        several = {key for key, shares in counts.items() if sum(count > 0 for _process, count in shares) > 1}
        if several:
            processes = {process for key in several for process, _count in counts[key]}
            followers = Follower.objects.filter(key__in=several, process__in=processes).values_list("key")
            totals |= dict(followers.annotate(models.Count("identity", distinct=True)))
        return totals


_COUNTS: Prepared[tuple[str, uuid.UUID, int]] = Prepared(
    lambda since, keys: Presence.objects.filter(seen_at__gt=since, key__in=keys).values_list("key", "process", "count")
)


class Follower(models.Model):
    """One who follows a room by one server process: a participant, or an address (as a hash) that is not signed in."""

    process = models.UUIDField()
    key = models.CharField(max_length=64)
    identity = models.CharField(max_length=40)
    participant_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "key", "identity"], name="one_follower_per_process"),
        ]
        indexes = [models.Index(fields=["key", "identity"])]

    def __str__(self) -> str:
        return f"{self.identity} in {self.key}"

    @classmethod
    def rooms_of(cls, participants: Iterable[int], kind: str) -> dict[int, set[str]]:
        """Participant id -> keys of the rooms of a kind that they follow now, with any device by any process."""
        rows = cls.objects.filter(participant_id__in=set(participants), key__startswith=f"{kind}:")
        alive = Presence.fresh().filter(key=models.OuterRef("key"), process=models.OuterRef("process"))
        found: defaultdict[int, set[str]] = defaultdict(set)
        for participant, key in rows.filter(models.Exists(alive)).values_list("participant_id", "key"):
            found[participant].add(key)
        return dict(found)

    @classmethod
    def there(cls, key: str) -> models.QuerySet["Follower"]:
        """Who follows a room now, by every process that is there."""
        return cls.objects.filter(key=key, process__in=Presence.fresh().filter(key=key).values("process"))
