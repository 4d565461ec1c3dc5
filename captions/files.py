"""Files of captions: WebVTT and SubRip in, WebVTT out."""

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import webvtt
from django.utils.translation import gettext_lazy as _

from captions.models import Caption
from people.refusal import Refused

LARGEST, MOST = 1_000_000, 5_000  # bytes; lines


class Cue(NamedTuple):
    """A line of a file: `start` in seconds from its beginning."""

    start: float
    text: str


def read(name: str, content: bytes) -> list[Cue]:
    """The lines of a WebVTT (.vtt) or SubRip (.srt) file. Raises Refused (422) for another, or one without lines."""
    try:
        text = content.decode("utf-8-sig")
        file = io.StringIO(text)
        kind = "srt" if name.lower().endswith(".srt") else "vtt"
        captions = webvtt.from_buffer(file, format=kind).captions
        cues = [Cue(_seconds(cue.start), " ".join(cue.text.split())) for cue in captions]
    except (ValueError, webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError):
        raise Refused(_("This is no WebVTT or SubRip file in UTF-8."), 422) from None
    cues = [cue for cue in cues if cue.text]
    if not cues or len(cues) > MOST:
        raise Refused(_("The file has no lines, or too many."), 422)
    return cues


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def written(lines: Iterable[Caption], begin: datetime) -> str:
    """WebVTT of lines, with times from `begin`: each stands until the next, at most seven seconds."""
    shown = list(lines)
    parts = ["WEBVTT\n"]
    for line, following in zip(shown, [*shown[1:], None][: len(shown)], strict=True):
        longest = line.at + timedelta(seconds=7)
        end = min(longest, following.at) if following else longest
        text = line.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        parts.append(f"{_stamp(line.at - begin)} --> {_stamp(end - begin)}\n{text}\n")
    return "\n".join(parts)


def _stamp(since: timedelta) -> str:
    milliseconds = max(0, round(since.total_seconds() * 1000))  # what was said before is at the beginning
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"
