"""The edition that a schedule goes into: found, or made from the file's head."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from sessions.models import Edition, HostCity
from sessions.schedule import texts, times
from sessions.schedule.document import Schedule, ScheduleError
from sessions.schedule.rows import Rows


def zone_for(schedule: Schedule, option: str, edition: Edition | None) -> tzinfo:
    """The zone of times without an offset: the file's, --timezone, the days' offset, the host city's.

    Raises ScheduleError when --timezone is no zone. Without any, UTC: a file whose dates are absolute needs none.
    """
    if option and times.named_zone(option) is None:
        raise ScheduleError(f"--timezone: {option!r} is not a time zone")
    stated = times.named_zone(texts.clean(schedule.conference.timezone)) or times.named_zone(option)
    city = edition.host_city.zone if edition else None
    return stated or times.days_zone(schedule) or city or ZoneInfo("UTC")


def create(slug: str, schedule: Schedule, rows: Rows, zone: tzinfo, city: str) -> Edition:
    """A new edition by the file's head. Raises ScheduleError for what it needs and cannot find."""
    if not slug or slug != slugify(slug) or len(slug) > 80:
        raise ScheduleError(f"--edition: {slug[:90]!r} is not a slug (lower-case letters, digits, hyphens)")
    start, end = _dates(schedule, rows, zone)
    languages = Counter(code for row in rows.sessions.values() for code in row.values["languages"])
    return Edition.objects.create(
        name=texts.line(schedule.conference.title, 160) or slug,
        slug=slug,
        host_city=_host_city(schedule, zone, city),
        start_date=start,
        end_date=end,
        languages=[code for code, _count in languages.most_common()],
    )


def _dates(schedule: Schedule, rows: Rows, zone: tzinfo) -> tuple[date, date]:
    """First and last day: the head's, else those of the sessions."""
    start = times.known_date(schedule.conference.start)
    end = times.known_date(schedule.conference.end)
    days = [row.start.astimezone(zone).date() for row in rows.sessions.values()]
    if start is None and not days:
        raise ScheduleError("the file has neither the conference's dates nor any usable event")
    start = start or min(days)
    return start, max(start, end or max(days, default=start))


def _host_city(schedule: Schedule, zone: tzinfo, option: str) -> HostCity:
    """The city by --city, the file, or the zone's name; a stored city of that name keeps its own zone."""
    name = texts.line(option, 80) or texts.line(schedule.conference.city, 80) or _zone_city(zone)
    slug = texts.slug(name)
    if stored := HostCity.objects.filter(slug=slug).first():
        return stored
    if not isinstance(zone, ZoneInfo):
        raise ScheduleError("the file names no time zone: give it with --timezone")
    return HostCity.objects.create(name=name, slug=slug, timezone=zone.key)


def _zone_city(zone: tzinfo) -> str:
    """Asia/Kolkata -> Kolkata; a zone that is only an offset -> UTC+01:00."""
    name = str(zone)
    if "/" in name and not name.startswith("Etc/"):
        return name.rpartition("/")[2].replace("_", " ")[:80]
    minutes = datetime(2000, 1, 1, tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
    sign, total = "-" if minutes < timedelta() else "+", int(abs(minutes).total_seconds()) // 60
    return f"UTC{sign}{total // 60:02}:{total % 60:02}" if total else "UTC"
