"""Epochs of the log. When a database has been set back, a seq that clients have may stand for another event now.

So a seq is `epoch * EPOCH + number`, and everything that carries a seq carries its epoch: frames, cursors, pages. A
cursor of another epoch gets a fresh page. Epochs are seconds: a second restore of the same backup is another one.
"""

from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import F, Max

from common import clock
from live.models import EPOCH, RESTORED, Room, epoch_of

START = 1_767_225_600  # 2026-01-01; seqs stay below 2**53, what browsers count exactly, until 2054


def raise_all(known: int | None = None) -> int:
    """Begin a new epoch in all rooms; the newest epoch. Not when one after `known` has begun: another did it."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE live_room IN SHARE ROW EXCLUSIVE MODE")
        newest = epoch_of(Room.open(RESTORED).head)
        if known is not None and newest > known:
            return newest
        furthest = epoch_of(Room.objects.aggregate(head=Max("head"))["head"])  # live/folding.py takes rooms ahead
        epoch = max(furthest + 1, int(clock.timestamp()) - START)
        Room.objects.update(head=epoch * EPOCH + F("head") % EPOCH)
    return epoch


class Watch:
    """One process's knowledge of the database: it notices when that is set back while the process runs."""

    def __init__(self) -> None:
        self.epoch = 0
        self._identity = ""

    def heads(self, known: Mapping[str, int]) -> dict[str, int]:
        """The heads of the rooms in `known`, key -> head. Begins a new epoch when the database has been set back:

        when it is another one than before, or a room is behind the seq in `known`, which it had before this call.
        """
        identity = _identity()
        other = bool(self._identity and identity and identity != self._identity)
        heads = Room.heads([*known, RESTORED])
        if other or any(heads[key] < seq for key, seq in known.items()):
            raise_all(self.epoch)
            heads = Room.heads([*known, RESTORED])
        self._identity = identity or self._identity
        self.epoch = epoch_of(heads.pop(RESTORED))
        return heads


def _identity() -> str:
    """What differs after a restore or the promotion of a standby: the table's id and the timeline. "" on SQLite."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN pg_is_in_recovery() THEN ''"
            " ELSE 'live_room'::regclass::oid || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) END"
        )
        return str(cursor.fetchone()[0])
