"""Sessions as calendars take them (RFC 5545, 7986): files and feeds."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from icalendar import Calendar, Event, vDuration

from common import clock
from common.versions import fingerprint
from sessions.models import Session, Status, Told
from sessions.sharing import plain, summary
from sessions.zones import vtimezone

TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(minutes=15)
KEPT = timedelta(days=30)  # how long what is gone still stands there as cancelled
NO_MORE = "Not in this calendar any more"


def mark(session: Session) -> str:
    """Stands for what a calendar says of a session."""
    stage = session.stage
    cancelled = session.status == Status.CANCELLED
    times = [session.begins.isoformat(), session.finishes.isoformat()]
    words = [session.title, session.abstract, session.status_reason if cancelled else ""]
    place = [stage.name, stage.host_city.name, stage.host_city.timezone]
    return fingerprint([times, words, place, cancelled, bool(session.stream)])


def tell(feed: str, sessions: Sequence[Session]) -> list[tuple[Told, Session | None]]:
    """What a calendar says now: its sessions, and (None) those that it has told of and that are no longer in it."""
    by_pk = {session.pk: session for session in sessions}
    told = {each.session_id: each for each in Told.objects.filter(feed=feed)}
    if _changed(told, by_pk):
        with transaction.atomic():
            told = _tell(feed, by_pk)
    since = clock.now() - KEPT
    kept = [each for each in told.values() if not each.gone or each.finishes > since]
    return [(each, by_pk.get(each.session_id)) for each in sorted(kept, key=lambda each: (each.begins, each.pk))]


def _changed(told: dict[int, Told], sessions: dict[int, Session]) -> list[Told]:
    """What has to be told anew, with what shall be told. What was never told comes first, without an id."""
    changed = []
    for pk, session in sessions.items():
        says, last = mark(session), told.get(pk)
        if last and last.mark == says and not last.gone:
            continue
        each = last or Told(session_id=pk, revision=-1)
        each.mark, each.begins, each.finishes, each.gone = says, session.begins, session.finishes, False
        changed.append(each)
    for each in told.values():
        if each.session_id not in sessions and not each.gone:
            each.gone = True
            changed.append(each)
    return changed


def _tell(feed: str, sessions: dict[int, Session]) -> dict[int, Told]:
    """Write it down, whoever else does at the same time."""
    told = {each.session_id: each for each in Told.objects.select_for_update().filter(feed=feed).order_by("pk")}
    changed = _changed(told, sessions)
    for each in changed:
        each.feed, each.revision, each.changed_at = feed, each.revision + 1, clock.now()
    Told.objects.bulk_create([each for each in changed if each.pk is None], ignore_conflicts=True, batch_size=400)
    fields = ["revision", "mark", "begins", "finishes", "gone", "changed_at"]
    Told.objects.bulk_update([each for each in changed if each.pk is not None], fields, batch_size=400)
    return {each.session_id: each for each in Told.objects.filter(feed=feed)}


def version(told: Iterable[tuple[Told, Session | None]]) -> str:
    """Stands for all that a calendar says; another one when any of it is another."""
    return fingerprint([(each.session_id, each.revision, each.gone) for each, _session in told])


def calendar(
    name: str,
    told: Sequence[tuple[Told, Session | None]],
    absolute: Callable[[str], str],
    source: str = "",
    more: Iterable[Event] = (),
) -> bytes:
    """The calendar as a file. `absolute` makes a whole address of a path; `source` is the address it comes from.

    `more` are events beside the sessions, in UTC.
    """
    made = Calendar()
    made.add("PRODID", "-//hybrid//programme//EN")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("NAME", _line(name))
    made.add("X-WR-CALNAME", _line(name))
    made.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "PT15M")
    if source:
        made.add("SOURCE", source, parameters={"VALUE": "URI"})
    for zone, first, last in _zones(told):
        made.add_component(vtimezone(zone, first, last))
    uids = _uids(told)
    for each, session in told:
        made.add_component(_event(each, session, uids[each.session_id], absolute))
    for event in more:
        made.add_component(event)
    drawn: bytes = made.to_ical()
    return drawn


def _uids(told: Sequence[tuple[Told, Session | None]]) -> dict[int, str]:
    rows = Session.objects.filter(pk__in=[each.session_id for each, _session in told]).order_by()
    return {pk: f"{guid}@{slug}" for pk, guid, slug in rows.values_list("pk", "guid", "edition__slug")}


def _zones(told: Sequence[tuple[Told, Session | None]]) -> list[tuple[str, int, int]]:
    """Each zone with the first and last year that are needed of it."""
    years: dict[str, set[int]] = {}
    for _each, session in told:
        if session:
            zone = session.stage.host_city.timezone
            years.setdefault(zone, set()).update({session.begins.year, session.finishes.year})
    return sorted((zone, min(found) - 1, max(found) + 1) for zone, found in years.items())


def _event(told: Told, session: Session | None, uid: str, absolute: Callable[[str], str]) -> Event:
    event = Event()
    event.add("UID", _line(uid))
    event.add("DTSTAMP", told.changed_at)
    event.add("LAST-MODIFIED", told.changed_at)
    event.add("SEQUENCE", told.revision)
    zone = session.zone if session else None
    event.add("DTSTART", on_clock(told.begins, zone))
    event.add("DTEND", on_clock(told.finishes, zone))
    if session is None:  # whatever it is now is not for this reader
        event.add("SUMMARY", NO_MORE)
        event.add("STATUS", "CANCELLED")
        return event
    cancelled = session.status == Status.CANCELLED
    page = absolute(session.get_absolute_url())
    event.add("SUMMARY", _line(session.title))
    event.add("LOCATION", _line(f"{session.stage.name}, {session.stage.host_city.name}"))
    event.add("DESCRIPTION", plain(session.status_reason) if cancelled and session.status_reason else summary(session))
    event.add("URL", page)
    event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    if session.stream and not cancelled:
        watch = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Watch"}
        event.add("CONFERENCE", page, parameters=watch)
    return event


def on_clock(moment: datetime, zone: ZoneInfo | None) -> datetime:
    """The moment on a zone's clock; in UTC the second time that it shows the same: calendars cannot say which."""
    local = moment.astimezone(zone) if zone else moment
    return moment if zone and local.fold else local


def _line(text: str) -> str:
    """The text in one line, without signs that have no place there."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
