"""Cut marks and parts of a recording as people write them, one a line."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from common.cuts import Cuts, Disordered

MOST, LONGEST = 100, 100  # lines; signs of a title
PLACE = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d(?:\.\d{1,3})?)"
MARK = re.compile(rf"(?:(\d{{4}}-\d\d-\d\d)[ T])?([0-2]?\d):([0-5]\d):([0-5]\d(?:\.\d{{1,3}})?)\s*=\s*{PLACE}")
PART = re.compile(rf"{PLACE}\s+(\S.*)")


class Unreadable(ValueError):
    """Lines that cannot be read; the message says which and why, for people."""


def place_words(place: float) -> str:
    """75.5 -> "0:01:15.5"."""
    thousandths = round(place * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    seconds = f"{rest / 1000:06.3f}".rstrip("0").rstrip(".")
    return f"{minutes // 60}:{minutes % 60:02}:{seconds}"


def _place(hours: str | None, minutes: str, seconds: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)


def marks_words(marks: Sequence[Sequence[float]], zone: ZoneInfo) -> str:
    """Marks as lines, times on the clock of the zone."""
    lines = []
    for time, place in marks:
        at = datetime.fromtimestamp(round(time, 3), zone)
        shown = at.strftime("%Y-%m-%d %H:%M:%S") + (f".{at.microsecond // 1000:03}" if at.microsecond else "")
        lines.append(f"{shown} = {place_words(place)}")
    return "\n".join(lines)


def read_marks(text: str, day: date, zone: ZoneInfo) -> list[list[float]]:
    """The marks of such lines; a time without a day is of `day`, or of the next one where it would go back.

    Raises Unreadable.
    """
    marks: list[list[float]] = []
    for number, line in _lines(text):
        found = MARK.fullmatch(line)
        if found is None:
            raise Unreadable(_("Line %(number)s is no cut mark.") % {"number": number})
        time = _time(found, day, zone, number)
        if not found[1] and marks and time < marks[-1][0]:
            time += timedelta(days=1).total_seconds()
        marks.append([time, _place(*found.groups()[4:])])
    try:
        if marks:
            Cuts((time, place) for time, place in marks)
    except Disordered as disordered:
        words = _("Mark %(number)s cannot follow: the recording would show more than there was time for, or go back.")
        raise Unreadable(words % {"number": disordered.number}) from None
    return marks


def _time(found: re.Match[str], day: date, zone: ZoneInfo, number: int) -> float:
    try:
        on = date.fromisoformat(found[1]) if found[1] else day
        second = float(found[4])
        at = datetime(on.year, on.month, on.day, int(found[2]), int(found[3]), int(second), tzinfo=zone)
        return at.timestamp() + second - int(second)
    except (ValueError, OverflowError):
        raise Unreadable(_("Line %(number)s has no time of a day.") % {"number": number}) from None


def parts_words(parts: Sequence[tuple[float, str]]) -> str:
    """Parts as lines."""
    return "\n".join(f"{place_words(place)} {title}" for place, title in parts)


def read_parts(text: str) -> list[tuple[float, str]]:
    """The parts (place, title) of such lines, in order. Raises Unreadable."""
    parts: list[tuple[float, str]] = []
    for number, line in _lines(text):
        found = PART.fullmatch(line)
        if found is None:
            raise Unreadable(_("Line %(number)s has no place and title.") % {"number": number})
        if len(found[4]) > LONGEST:
            words = _("The title in line %(number)s has more than %(most)s signs.")
            raise Unreadable(words % {"number": number, "most": LONGEST})
        parts.append((_place(found[1], found[2], found[3]), found[4]))
    return sorted(parts)


def _lines(text: str) -> list[tuple[int, str]]:
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST:
        raise Unreadable(_("These are more than %(most)s lines.") % {"most": MOST})
    return lines
