"""Storing what caption writers send, and telling those who read it."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from captions import screen
from captions.models import Caption, Track
from captions.typing import typed
from common import clock
from live.log import append, append_all, hide
from live.models import Event
from live.volatile import touch
from people.refusal import Refused

logger = logging.getLogger(__name__)
PAUSE = timedelta(seconds=6)  # after which a pending line is finished by what comes then
OPEN = frozenset({"starting", "live", "paused"})  # statuses in which captions are taken


class NotOpen(Refused):
    """The session is not on air."""

    def __init__(self) -> None:
        super().__init__(_("This session is not on air: nothing is captioned now."), 400)


def receive(track_id: int, seq: int, chunk: str) -> int:
    """Take a numbered chunk of text; a number that was taken already is ignored. Gives back the last number taken.

    Raises NotOpen.
    """
    with transaction.atomic():
        track = Track.objects.select_for_update(of=("self",), no_key=True).select_related("session").get(pk=track_id)
        if track.session.status not in OPEN:
            raise NotOpen
        if seq <= track.last_seq:
            return track.last_seq
        if seq > track.last_seq + 1 >= 1:
            logger.info("Captions of session %s: %s came after %s", track.session_id, seq, track.last_seq)
        track.last_seq = seq
        _take(track, chunk, clock.now())
        track.save(update_fields=["last_seq", "pending", "began_at"])
        return seq


def _take(track: Track, chunk: str, now: datetime) -> None:
    if track.pending and now - track.began_at > PAUSE and not chunk.startswith("\b"):
        chunk = f"\n{chunk}"
    if not track.pending:
        track.began_at = now
    result = typed(track.pending, chunk)
    if result.back and (newest := track.lines.last()):
        result = typed(_open_again(track, newest) + track.pending, chunk)
    for text in result.lines:
        add(track, track.began_at, text)
        track.began_at = now
    track.pending = result.pending[: Track._meta.get_field("pending").max_length]
    touch(track.session.room_key, "captions.partial", str(track.pk))
    screen.typed(track)


def _open_again(track: Track, line: Caption) -> str:
    """Take back that a line was finished: its text, and the break that finished it."""
    track.began_at = line.at
    line.track = track
    correct(line, "")
    return f"{line.text}\n"


def add(track: Track, at: datetime, text: str) -> Caption:
    """A finished line. Belongs into a transaction."""
    line = Caption.objects.create(track=track, at=at, text=text[: Caption._meta.get_field("text").max_length])
    append(track.session.room_key, "captions.line", {"line": line.pk, "track": track.pk})
    return line


def replace(track: Track, lines: Iterable[tuple[datetime, str]]) -> None:
    """Put these lines in the place of a track's, with as many statements as for one. Belongs into a transaction."""
    Track.objects.select_for_update(no_key=True).get(pk=track.pk)
    gone = list(track.lines.values_list("pk", flat=True))
    track.lines.all().delete()
    longest = Caption._meta.get_field("text").max_length
    made = Caption.objects.bulk_create(Caption(track=track, at=at, text=text[:longest]) for at, text in lines)
    told = [*gone, *(line.pk for line in made)]
    events = [Event(kind="captions.line", data={"line": pk, "track": track.pk}) for pk in told]
    append_all(track.session.room_key, events)
    hide(track.session.room_key)
    screen.typed(track)


def correct(line: Caption, text: str) -> None:
    """Give a line other words; without any it is taken away. Belongs into a transaction."""
    pk, track = line.pk, line.track
    if text:
        Caption.objects.filter(pk=pk).update(text=text)
    else:
        Caption.objects.filter(pk=pk).delete()
    append(track.session.room_key, "captions.line", {"line": pk, "track": track.pk})
    hide(track.session.room_key)
    screen.typed(track)
