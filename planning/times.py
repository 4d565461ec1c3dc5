"""What clocks show, and when that is."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def moments(day: date, hour: time, zone: ZoneInfo) -> list[datetime]:
    """When the clocks of a zone show that, in UTC: never in an hour that a change skips, twice in one it doubles."""
    shown = datetime.combine(day, hour)
    found: dict[datetime, None] = {}
    for fold in (0, 1):
        moment = shown.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None, fold=0) == shown:
            found[moment] = None
    return list(found)


def is_doubled(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone show the same a second time, for they are put back."""
    local = moment.astimezone(zone)
    return len(moments(local.date(), local.time(), zone)) > 1
