"""Captions on the hall's stage screen: at once, while they are typed, in two rows below what the screen shows."""

import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from captions.models import Track
from common import clock
from common.prepared import Prepared
from live.audiences import EVERYONE
from live.volatile import touch
from people import audit
from people.models import Participant
from sessions.models import Session
from show import address
from show.following import screen_changed
from show.models import Show

ROOM = 140  # letters of two rows on the smallest screen; those of wide scripts take two
STAYS = timedelta(seconds=20)  # that a finished line stays, if nothing follows it
LINES = 3  # newest ones that are looked at


def choose(track: Track, on: bool, by: Participant) -> None:
    """Show a track on its session's stage screen, in the place of another, or no longer."""
    with transaction.atomic():
        session = Session.locked(track.session_id)
        session.caption_tracks.update(on_screen=False)
        Track.objects.filter(pk=track.pk).update(on_screen=on)
        audit.record(by, "captions.screen", session.room_key)
        screen_changed(session)


def typed(track: Track) -> None:
    """On commit, the stage screen shows what was typed, if it is the screen's track."""
    if track.on_screen:
        touch(address.room_key(Show.of(track.session)), "captions.screen", str(track.session_id))


def band(page: Any, session: Session) -> dict[str, Any]:
    """The rows of a session's screen, for its page."""
    return {"band": _bands([session.pk])[0]}


def bands(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "captions.screen" of these sessions, for who has their screen's address."""
    return {EVERYONE: {"bands": _bands([int(each) for each in ids])}}


_ON_SCREEN = Prepared(lambda sessions: Track.objects.filter(session__in=sessions, on_screen=True))


def _bands(sessions: Sequence[int]) -> list[dict[str, Any]]:
    chosen = {track.session_id: track for track in _ON_SCREEN.ask(sessions)}
    return [_band(session, chosen.get(session)) for session in sessions]


def _band(session: int, track: Track | None) -> dict[str, Any]:
    if track is None:
        return {"session": session, "language": "", "on": False, "texts": []}
    now = clock.now()
    newest = list(track.lines.filter(at__gt=now - STAYS, at__lte=now).order_by("-at", "-pk")[:LINES])
    texts = [line.text for line in reversed(newest)] + [track.pending]
    return {"session": session, "language": track.language, "on": True, "texts": fitted(texts)}


def fitted(texts: Sequence[str]) -> list[str]:
    """The last texts that have room in two rows, whole; of one that alone has not, its end."""
    left, shown = ROOM, list[str]()
    for text in filter(None, reversed(texts)):
        left -= _width(text) + 1
        if left < 0:
            break
        shown.insert(0, text)
    return shown or [_end(text) for text in list(filter(None, texts))[-1:]]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _end(text: str) -> str:
    """The end of a text that has room, from the beginning of a word where there are words."""
    end = text
    while _width(end) > ROOM - 2:
        end = end[1:]
    words = end.partition(" ")[2]
    return f"… {words if len(words) > len(end) / 2 else end}"
