"""The programme as frab files: one document, written as JSON (schema of voc/schedule, draft 06) and as XML (its XSD).

What is imported again from either changes nothing. Neither can say that a session is cancelled: those are left out.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from common.numbers import number_in
from sessions.models import Edition, Session, Speaker, Status
from sessions.schedule import texts
from sessions.schedule.identity import exported
from sessions.schedule.speakers import guid_of

ZONE = re.compile(r"([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")  # the schema knows no others
CODE = re.compile(r"[A-Z0-9]+")
NO_XML = re.compile(r"[\ufffe\uffff\ud800-\udfff]")
SLOT = "00:05"
Document = dict[str, Any]
Absolute = Callable[[str], str]


def document(edition: Edition, sessions: Iterable[Session], version: str, absolute: Absolute) -> Document:
    """The schedule as JSON has it. `sessions` are for display; `absolute` makes a whole address of a path."""
    shown = [session for session in sessions if session.status != Status.CANCELLED]
    rooms = _rooms(edition)
    events = [(session, _event(session, rooms[session.stage_id], absolute)) for session in shown]
    zone = edition.host_city.zone
    days: dict[date, dict[str, list[Any]]] = {}
    for session, event in sorted(events, key=lambda pair: (pair[0].start, pair[0].pk)):
        day = days.setdefault(session.start.astimezone(zone).date(), {})
        day.setdefault(event["room"], []).append(event)
    days = days or {edition.start_date: {}}
    conference = {
        "acronym": _acronym(edition.slug),
        "title": _text(edition.name),
        "start": edition.start_date.isoformat(),
        "end": edition.end_date.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": SLOT,
        **({"time_zone_name": zone.key} if ZONE.match(zone.key) else {}),
        "url": absolute(edition.get_absolute_url()),
        "tracks": [{"name": _text(strand.name)} for strand in edition.strands.all()],
        "days": [_day(number, each, zone, found) for number, (each, found) in enumerate(sorted(days.items()), 1)],
    }
    return {"schedule": {"version": version, "base_url": absolute("/"), "conference": conference}}


def _rooms(edition: Edition) -> dict[int, str]:
    """Stage id -> its name; with the city where two have the same."""
    stages = list(edition.stages.select_related("host_city"))
    names = [stage.name for stage in stages]
    return {stage.pk: stage.name if names.count(stage.name) == 1 else stage.full_name for stage in stages}


def _day(number: int, day: date, zone: Any, rooms: dict[str, list[Any]]) -> Document:
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(seconds=1)
    bounds = {"day_start": start.isoformat(), "day_end": end.isoformat()}
    return {"index": number, "date": day.isoformat(), **bounds, "rooms": rooms}


def _event(session: Session, room: str, absolute: Absolute) -> Document:
    start, minutes = session.start.astimezone(session.zone), int(session.duration / timedelta(minutes=1))
    url = absolute(session.get_absolute_url())
    return {
        "id": session.pk,
        "guid": exported(session.edition_id, "session", session.guid),
        "date": start.isoformat(),
        "start": start.strftime("%H:%M"),
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": _text(room),
        "slug": f"session-{session.pk}",
        "url": url,
        "title": _text(session.title),
        "subtitle": "",
        "track": _text(session.strand.name) if session.strand else "",
        "type": _text(session.format),
        "language": ", ".join(session.languages),
        "abstract": _text(session.abstract),
        "description": "",
        "logo": session.poster if texts.poster(session.poster) else "",
        "persons": [_person(speaker) for speaker in session.speakers.all()],
        "links": [],
    }


def _person(speaker: Speaker) -> Document:
    stored = speaker.identities or {}
    person: Document = {
        "guid": exported(speaker.edition_id, "speaker", guid_of(speaker)),
        "name": _text(speaker.name),
    }
    if number := number_in(str(stored.get("id", ""))):
        person["id"] = number
    if CODE.fullmatch(stored.get("code", "")):
        person["code"] = stored["code"]
    return person | ({"biography": _text(speaker.biography)} if speaker.biography else {})


def _acronym(slug: str) -> str:
    return slug.replace("-", "_").ljust(4, "_")


def _text(text: str) -> str:
    """Without signs that a file cannot hold."""
    return NO_XML.sub("", texts.clean(text))


CONFERENCE = ("title", "acronym", "start", "end", "timeslot_duration", "url", "time_zone_name")
EVENT = (
    *("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "track", "logo", "language"),
    *("description", "url"),
)


def as_xml(document: Document) -> bytes:
    """The document as schedule XML. It has no biographies: the format has no place for them."""
    schedule = document["schedule"]
    root, conference = Element("schedule"), schedule["conference"]
    _child(root, "version", schedule["version"])
    head = SubElement(root, "conference")
    for name in CONFERENCE:
        if name in conference:
            _child(head, name, conference[name])
    _child(head, "days", str(conference["daysCount"]))
    _child(head, "base_url", schedule["base_url"])
    for track in conference["tracks"]:
        SubElement(head, "track", {"name": track["name"]}).text = track["name"]
    for day in conference["days"]:
        bounds = {"date": day["date"], "start": day["day_start"], "end": day["day_end"], "index": str(day["index"])}
        made = SubElement(root, "day", bounds)
        for name, events in day["rooms"].items():
            room = SubElement(made, "room", {"name": name})
            for event in events:
                _event_xml(room, event)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _event_xml(room: Element, event: Document) -> None:
    made = SubElement(room, "event", {"id": str(event["id"]), "guid": event["guid"]})
    for name in EVENT:
        _child(made, name, event[name])
    persons = SubElement(made, "persons")
    for person in event["persons"]:
        attributes = {name: str(person[name]) for name in ("id", "guid") if name in person}
        SubElement(persons, "person", attributes).text = person["name"]


def _child(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
