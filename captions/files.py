"""Files of captions: WebVTT, SubRip and TTML in, WebVTT out."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import webvtt
from django.utils.translation import gettext_lazy as _

from captions import ttml
from captions.models import Caption
from common.cuts import Cuts
from people.refusal import Refused

LARGEST, MOST = 1_000_000, 5_000  # bytes; lines
LATEST = 24 * 3600.0  # seconds from a file's beginning at which a line may begin
LONGEST = 7.0  # seconds that a line stands
TTML = (".ttml", ".dfxp", ".xml", ".imsc", ".tt")


class Cue(NamedTuple):
    """A line of a file: `start` in seconds from its beginning."""

    start: float
    text: str


def read(name: str, content: bytes) -> list[Cue]:
    """The lines of a file: TTML by the end of its name, SubRip (.srt), else WebVTT. Raises Refused (422)."""
    try:
        found = ttml.lines(content) if name.lower().endswith(TTML) else _plain(name, content)
    except (ValueError, webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError):
        raise Refused(_("This file cannot be read. Send WebVTT or SubRip in UTF-8, or TTML."), 422) from None
    cues = [Cue(begin, words) for begin, text in found if (words := " ".join(text.replace("\0", "").split()))]
    if not cues or len(cues) > MOST:
        raise Refused(_("The file has no lines, or too many."), 422)
    if not all(0 <= cue.start <= LATEST for cue in cues):
        raise Refused(_("A line of the file begins after more than a day."), 422)
    return cues


def _plain(name: str, content: bytes) -> list[tuple[float, str]]:
    kind = "srt" if name.lower().endswith(".srt") else "vtt"
    captions = webvtt.from_buffer(io.StringIO(content.decode("utf-8-sig")), format=kind).captions
    return [(_seconds(cue.start), cue.text) for cue in captions]


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def written(lines: Iterable[Caption], begin: datetime) -> str:
    """WebVTT of lines, with times from `begin`: each stands until the next, at most seven seconds."""
    return _vtt([(line.at - begin).total_seconds(), line.text] for line in lines)


def written_along(lines: Iterable[Caption], offset: float, cuts: Cuts) -> str:
    """The same with the places of a recording; what it leaves out is left out."""
    places = ((line.at.timestamp() + offset, line.text) for line in lines)
    return _vtt([cuts.place(time), text] for time, text in places if cuts.shows(time))


def _vtt(lines: Iterable[Sequence[Any]]) -> str:
    shown = [(max(0.0, place), text) for place, text in lines]  # what was said before is at the beginning
    parts = ["WEBVTT\n"]
    for number, (place, text) in enumerate(shown):
        following = shown[number + 1][0] if number + 1 < len(shown) else place + LONGEST
        end = max(place, min(place + LONGEST, following))
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        parts.append(f"{_stamp(place)} --> {_stamp(end)}\n{text}\n")
    return "\n".join(parts)


def _stamp(place: float) -> str:
    seconds, milliseconds = divmod(round(place * 1000), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"
