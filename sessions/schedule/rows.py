"""A schedule's events judged one by one: what can be written, and what is skipped and why."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from sessions.schedule import texts, times
from sessions.schedule.document import Event, EventError, Person, Schedule, Skip

Progress = Callable[[Sequence[Event]], Iterable[Event]]


@dataclass
class Row:
    """One session as it shall be. `values` are columns; room, track and speakers are still names and GUIDs."""

    where: str
    guid: str
    values: dict[str, Any]
    room: str
    track: str
    speakers: list[str]

    @property
    def start(self) -> datetime:
        """The start in UTC."""
        return self.values["start"]  # type: ignore[no-any-return]


@dataclass
class Rows:
    """All sessions of a file by GUID, its speakers by GUID, and what was left out."""

    sessions: dict[str, Row] = field(default_factory=dict)
    speakers: dict[str, dict[str, Any]] = field(default_factory=dict)
    skipped: list[Skip] = field(default_factory=list)
    by_code: dict[str, str] = field(default_factory=dict)  # a speaker's code -> GUID


def prepare(schedule: Schedule, zone: tzinfo, progress: Progress = iter) -> Rows:
    """Judge every event; a wrong one is skipped, and so is a later one with a GUID that is taken."""
    rows = Rows(skipped=list(schedule.skipped))
    for event in progress(schedule.events):
        try:
            row = _row(event, zone, schedule)
        except EventError as error:
            rows.skipped.append(Skip(event.where, str(error)))
            continue
        if earlier := rows.sessions.get(row.guid):
            reason = f"its GUID is taken by {earlier.where} (starts {earlier.start:%Y-%m-%d %H:%M} UTC), which is kept"
            rows.skipped.append(Skip(event.where, f"{reason}; this one starts {row.start:%Y-%m-%d %H:%M} UTC"))
            continue
        rows.sessions[row.guid] = row
        row.speakers = [guid for person in event.persons if (guid := _meet(person, rows))]
    return rows


def _row(event: Event, zone: tzinfo, schedule: Schedule) -> Row:
    """Raises EventError."""
    if not (guid := texts.key(event.guid)):
        raise EventError("it has no GUID, id, code or slug to recognise it by")
    start = times.start_of(event, zone, schedule.conference)
    values = {
        "title": texts.line(event.title, 300) or texts.line(event.subtitle, 300) or "Untitled",
        "abstract": texts.joined(event.abstract, event.description),
        "format": texts.line(event.kind, 80),
        "languages": texts.languages(event.language),
        "start": start,
        "end": times.end_of(event, start, zone),
    }
    # Without a picture in the file, one that an organiser has set stays.
    if poster := texts.poster(event.logo):
        values["poster"] = poster
    room = texts.line(event.room, 160) or "Unassigned"
    return Row(event.where, guid, values, room, texts.line(event.track, 160), [])


def _meet(person: Person, rows: Rows) -> str:
    """Note a speaker and return the GUID; blank for one without a name."""
    if not (name := texts.line(person.name, 160)):
        return ""
    identities = {kind: texts.key(value) for kind, value in person.identities.items() if texts.key(value)}
    guid = _noted(identities, rows) or next(iter(identities.values()), "")
    guid = guid or "name:" + hashlib.sha256(name.encode()).hexdigest()[:32]
    speaker = rows.speakers.setdefault(guid, {"name": name, "identities": {}})
    speaker["identities"] = identities | speaker["identities"]
    # Only some of a person's mentions may carry the biography; and none in the file leaves the stored one.
    if person.biography and "biography" not in speaker and (biography := texts.to_html(person.biography)):
        speaker["biography"] = biography
    if person.photo and (photo := texts.poster(person.photo)):
        speaker["photo_from"] = photo
    if "code" in identities:
        rows.by_code.setdefault(identities["code"], guid)
    return guid


def _noted(identities: dict[str, str], rows: Rows) -> str:
    """The GUID under which a person of that code was noted, where one of the mentions has no GUID of its own."""
    guid = rows.by_code.get(identities.get("code", ""), "")
    both = guid and "guid" in identities and "guid" in rows.speakers[guid]["identities"]
    return "" if both else guid
