"""Schedule JSON (frab, pretalx) -> Schedule."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from sessions.schedule.document import (
    IDENTITIES,
    Conference,
    Day,
    Event,
    Person,
    Schedule,
    ScheduleError,
    Skip,
    stable_guid,
)

MAX_PARTS = 4_000_000  # objects, lists and commas: 64 MB of nothing else would be gigabytes of Python
MAX_SKIPPED = 10_000


def parse(raw: bytes) -> Schedule:
    """Raises ScheduleError with line and column for broken JSON, with the path for a wrong shape."""
    conference, days = _head(_load(raw))
    schedule = Schedule(_conference(conference))
    _fill(schedule, days)
    return schedule


def _fill(schedule: Schedule, days: list[Any]) -> None:
    for number, entry in enumerate(days, 1):
        if not isinstance(entry, dict):
            _skip(schedule, f"day {number}")
            continue
        day = Day(_text(entry.get("date")), _text(entry.get("day_start") or entry.get("start")))
        schedule.days.append(day)
        for where, room, event in _events(entry, f"day {number}"):
            if isinstance(event, dict):
                schedule.events.append(_event(event, day, room, where, schedule.conference.base))
            else:
                _skip(schedule, where)


def _skip(schedule: Schedule, where: str) -> None:
    schedule.skipped.append(Skip(where, "this is not an object"))
    if len(schedule.skipped) > MAX_SKIPPED:
        raise ScheduleError(f"{where}: more than {MAX_SKIPPED:,} entries are no objects")


def _load(raw: bytes) -> Any:
    if sum(map(raw.count, (b"{", b"[", b","))) > MAX_PARTS:
        raise ScheduleError(f"the JSON has more than {MAX_PARTS:,} parts, more than any schedule has")
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        raise ScheduleError(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise ScheduleError("the JSON is nested too deeply") from error
    except ValueError as error:
        raise ScheduleError(f"the JSON cannot be read: {error}") from error


def _head(document: Any) -> tuple[dict[str, Any], list[Any]]:
    """The conference and its days, wherever the exporter put them."""
    if not isinstance(document, dict):
        raise ScheduleError("the document is not an object")
    schedule = document.get("schedule", document)
    if not isinstance(schedule, dict):
        raise ScheduleError("schedule is not an object")
    if "rooms" in schedule:  # the schema forbids it: the conference was closed too early, and what follows is adrift
        raise ScheduleError("schedule.rooms stands outside the conference; it belongs in schedule.conference.rooms")
    conference = schedule.get("conference")
    if not isinstance(conference, dict):
        raise ScheduleError("schedule.conference is missing or not an object")
    days = conference.get("days", schedule.get("days"))
    if not isinstance(days, list):
        raise ScheduleError("schedule.conference.days is missing or not a list")
    return conference | {"base_url": schedule.get("base_url")}, days


def _events(day: dict[str, Any], where: str) -> Iterator[tuple[str, str, Any]]:
    """Place, room and value of all that stands where a day's events belong."""
    for room, events in _rooms(day.get("rooms")):
        for number, event in enumerate(events if isinstance(events, list) else [events], 1):
            yield f"{where}, room {room or '?'}, event {number}", room, event


def _rooms(rooms: Any) -> Iterator[tuple[str, Any]]:
    """Room name -> events: the schema's object, or a list of objects with name and events."""
    if isinstance(rooms, dict):
        yield from ((name, events or []) for name, events in rooms.items())
    elif isinstance(rooms, list):
        for room in rooms:
            named = room if isinstance(room, dict) else {"events": [room]}
            yield _text(named.get("name")), named.get("events") or []
    elif rooms is not None:
        yield "", [rooms]


def _text(value: Any) -> str:
    """A scalar as text; of a translated text ({"en": ...}) the first language."""
    if isinstance(value, dict):
        value = next((text for text in value.values() if isinstance(text, str)), "")
    if value is None or isinstance(value, (bool, list, dict)):
        return ""
    return str(value).strip()


def _first(source: dict[str, Any], *names: str) -> str:
    return next((text for name in names if (text := _text(source.get(name)))), "")


def _conference(source: dict[str, Any]) -> Conference:
    return Conference(
        title=_first(source, "title", "acronym"),
        start=_text(source.get("start")),
        end=_text(source.get("end")),
        timezone=_text(source.get("time_zone_name")),
        city=_text(source.get("city")),
        day_change=_text(source.get("day_change")),
        base=_text(source.get("base_url")),
    )


def _persons(value: Any, base: str) -> Iterator[Person]:
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, dict):
            name = _first(person, "public_name", "name", "full_public_name")
            identities = {kind: value for kind in IDENTITIES if (value := _text(person.get(kind)))}
            photo = urljoin(base, avatar) if (avatar := _text(person.get("avatar"))) else ""
            yield Person(identities, name, _text(person.get("biography")), photo)
        elif isinstance(person, str):
            yield Person({}, person.strip())


def _event(source: dict[str, Any], day: Day, room: str, where: str, base: str) -> Event:
    guid = stable_guid(*(_text(source.get(name)) for name in ("guid", "id", "code", "slug")))
    plain = ("title", "subtitle", "date", "start", "duration", "end", "track", "abstract", "description", "logo")
    language = source.get("language")
    return Event(
        where=f"{where} ({guid})" if guid else where,
        day=day,
        guid=guid,
        kind=_text(source.get("type")),
        room=_text(source.get("room")) or room,
        language=" ".join(map(_text, language)) if isinstance(language, list) else _text(language),
        persons=tuple(_persons(source.get("persons"), base)),
        **{name: _text(source.get(name)) for name in plain},
    )
