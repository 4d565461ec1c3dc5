"""Durations, dates and time zones as schedule files write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from sessions.schedule.document import Conference, Day, Event, EventError, Schedule

LONGEST = timedelta(days=7)
_YEARS = range(1970, 2200)
_PARTS = re.compile(r"[0-9]{1,5}(:[0-9]{1,2}){0,3}")


def duration(text: str) -> timedelta:
    """Minutes, H:MM, HH:MM:SS, D:HH:MM or D:HH:MM:SS. Raises EventError, also for none and for more than a week."""
    if not _PARTS.fullmatch(text):
        raise EventError(f"the duration {text[:40]!r} is none" if text else "there is no duration")
    parts = [int(part) for part in text.split(":")]
    # Three parts are ambiguous: hours are written with two digits, and a day has no hour 24.
    if len(parts) == 3 and (len(text.split(":")[0]) > 1 or parts[1] > 23):
        parts.insert(0, 0)
    elif len(parts) < 4:
        parts = [0] * (3 - len(parts)) + parts + [0]
    days, hours, minutes, seconds = parts
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta() < length <= LONGEST:
        raise EventError(f"the duration {text!r} is {'zero' if not length else 'longer than a week'}")
    return length


def start_of(event: Event, zone: tzinfo, conference: Conference) -> datetime:
    """When the event starts, in UTC. Raises EventError.

    `<date>` with an offset wins over `<start>`: it names an instant, while `<start>` is a clock without day or zone.
    Wafer (DebConf) writes `<date>` in UTC beside a local `<start>`, both the same instant; pretalx's demo names the
    zone UTC and writes both at +01:00, so that `<start>` read in the named zone would be an hour late.
    """
    if not event.date:
        return _instant(_within(event, zone, conference), zone)
    try:
        if len(event.date) <= 10:
            return _instant(datetime.combine(date.fromisoformat(event.date), time()) + _clock(event.start), zone)
        return _instant(datetime.fromisoformat(event.date), zone)
    except EventError:
        raise
    except (ValueError, OverflowError) as error:
        raise EventError(f"the date {event.date[:40]!r} is none") from error


def end_of(event: Event, start: datetime, zone: tzinfo) -> datetime:
    """When it ends, by its duration, else by its end. Raises EventError."""
    if event.duration or not event.end:
        return start + duration(event.duration)
    try:
        end = _instant(datetime.fromisoformat(event.end), zone)
    except EventError:
        raise
    except (ValueError, OverflowError) as error:
        raise EventError(f"the end {event.end[:40]!r} is none") from error
    if not start < end <= start + LONGEST:
        raise EventError(f"the end {event.end!r} is not within a week after the start")
    return end


def _within(event: Event, zone: tzinfo, conference: Conference) -> datetime:
    """The start by the day and the clock alone; a clock before the day's begin belongs to the night after it."""
    clock, begin = _clock(event.start), _moment(event.day)
    if begin is not None:
        # Wafer dates its days in UTC: only the day's begin tells which local day is meant.
        begin = begin.astimezone(zone).replace(tzinfo=None) if begin.tzinfo else begin
        start = datetime.combine(begin.date(), time()) + clock
        return start + timedelta(days=1) if start < begin else start
    if (day := known_date(event.day.date)) is None:
        raise EventError("there is no date")
    match = re.match(r"([0-9]{1,2}):([0-9]{2})", conference.day_change)
    change = timedelta(hours=int(match[1]), minutes=int(match[2])) if match else timedelta()
    return datetime.combine(day, time()) + clock + timedelta(days=clock < change)


def _clock(text: str) -> timedelta:
    """H:MM or HH:MM:SS since midnight; 25:30 is past the next midnight, as some programmes write it."""
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", text)
    if match is None or int(match[1]) > 47:
        raise EventError(f"the start {text[:40]!r} is no time of day" if text else "there is no start")
    return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))


def _instant(moment: datetime, zone: tzinfo) -> datetime:
    if moment.year not in _YEARS:
        raise EventError(f"the year {moment.year} is out of range")
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _moment(day: Day) -> datetime | None:
    try:
        moment = datetime.fromisoformat(day.start)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


def known_date(text: str) -> date | None:
    """The date at the beginning of a text, if it is one."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def named_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, if it is one."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # a missing key, a path outside, a directory such as "Europe"
        return None


def days_zone(schedule: Schedule) -> tzinfo | None:
    """The offset that the days begin with: a name we can give it where the hours are whole."""
    moments = (moment for day in schedule.days if (moment := _moment(day)) is not None)
    offset = next((moment.utcoffset() for moment in moments if moment.tzinfo), None)
    if offset is None:
        return None
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    if rest or not -12 <= hours <= 14:
        return timezone(offset)
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "UTC")  # these names count westwards
