"""Time zones as calendars take them (RFC 5545, VTIMEZONE): every change of clocks within some years, to the minute."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

MINUTE = timedelta(minutes=1)


@lru_cache(256)
def vtimezone(name: str, first: int, last: int) -> Timezone:
    """The zone from the year `first` to `last`."""
    zone = ZoneInfo(name)
    made = Timezone()
    made.add("TZID", name)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    made.add_component(_rule(begin, begin, zone))
    for moment in changes(zone, begin, datetime(last + 1, 1, 1, tzinfo=UTC)):
        made.add_component(_rule(moment, moment - MINUTE, zone))
    return made


def changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """The moments (UTC) at which the clocks are changed."""
    found = []
    while begin < end:
        following = begin + timedelta(days=1)
        if _offset(begin, zone) != _offset(following, zone):
            low, high = begin, following
            while high - low > MINUTE:
                middle = low + (high - low) // 2
                middle = middle.replace(second=0, microsecond=0)
                low, high = (middle, high) if _offset(middle, zone) == _offset(low, zone) else (low, middle)
            found.append(high)
        begin = following
    return found


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(moment: datetime, before: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """What holds from a moment on. It is written as the clock showed it before."""
    local = moment.astimezone(zone)
    rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
    rule.add("DTSTART", (moment + _offset(before, zone)).replace(tzinfo=None))
    rule.add("TZOFFSETFROM", _offset(before, zone))
    rule.add("TZOFFSETTO", _offset(moment, zone))
    rule.add("TZNAME", local.tzname() or "")
    return rule
