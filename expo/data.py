"""What templates of the exhibition show, as plain data, the same on pages and in events."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypedDict

from django.db.models import QuerySet

from common import clock
from common.prepared import Prepared
from expo import partners, team, video
from expo.models import FIELDS, WAITING, Exhibitor, Lead, Meeting, Member, Source, StandMessage, Talk
from expo.scanning import TAKEN_BACK_WITHIN
from people.models import Participant

Entries = Sequence[Mapping[str, Any]]
Shown = list[dict[str, Any] | None]
Cards = dict[int, dict[str, Any]]  # exhibitor -> what its card shows


class LineData(TypedDict):
    """A line of a chat or talk."""

    id: str
    name: str
    place: str
    author: int
    text: str
    at: str
    removed: bool
    exhibitor: int
    of_talk: bool
    of_team: bool


def line_data(line: StandMessage, members: Iterable[int]) -> LineData:
    """One line; `members` are the participants of the exhibitor's team."""
    return {
        "id": str(line.pk),
        "name": line.author.name,
        "place": line.author.place,
        "author": line.author_id,
        "text": "" if line.removed_at else line.text,
        "at": line.at.isoformat(),
        "removed": bool(line.removed_at),
        "exhibitor": line.exhibitor_id,
        "of_talk": line.talk_id is not None,
        "of_team": line.author_id in members,
    }


MOST_LINES = 200  # of a talk
_CHAT = Prepared(lambda exhibitor: _newest(exhibitor, None)[:50])


def _newest(exhibitor: int, talk: Talk | None) -> "QuerySet[StandMessage]":
    lines = StandMessage.objects.filter(exhibitor=exhibitor, talk=talk)
    return lines.select_related("author").order_by("-at", "-pk")


def chat_of(exhibitor: Exhibitor, members: Collection[int]) -> list[LineData]:
    """The newest lines of a stand's chat, the oldest first; `members` are the participants of its team."""
    return [line_data(line, members) for line in reversed(_CHAT.ask(exhibitor.pk))]


def lines_of(talk: Talk) -> list[LineData]:
    """The newest lines of a talk, the oldest first."""
    members = _members([talk.exhibitor_id]).get(talk.exhibitor_id, set())
    return [line_data(line, members) for line in reversed(_newest(talk.exhibitor_id, talk)[:MOST_LINES])]


def _members(exhibitors: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Member.objects.filter(exhibitor__in=set(exhibitors), participant__isnull=False)
    for exhibitor, participant in rows.values_list("exhibitor", "participant"):
        found.setdefault(exhibitor, set()).add(participant)
    return found


def lines(entries: Entries) -> Shown:
    """What "expo.line" shows: the line as it is now; None when it is gone."""
    found = {
        str(line.pk): line
        for line in StandMessage.objects.filter(pk__in=[entry["line"] for entry in entries]).select_related("author")
    }
    members = _members(line.exhibitor_id for line in found.values())
    return [
        dict(line_data(line, members.get(line.exhibitor_id, set()))) if (line := found.get(entry["line"])) else None
        for entry in entries
    ]


def waiting(exhibitor: int) -> dict[str, Any]:
    """Who waits at a stand, the first who came first: rings, then questions that were left."""
    talks = Talk.objects.filter(exhibitor=exhibitor, state__in=WAITING).select_related("visitor").order_by("opened_at")
    rows = list(talks.prefetch_related("lines")[:100])
    return {"exhibitor": exhibitor, "rows": [_ring(talk) for talk in sorted(rows, key=lambda talk: talk.state)[::-1]]}


def _ring(talk: Talk) -> dict[str, Any]:
    first = next((line.text for line in talk.lines.all() if line.author_id == talk.visitor_id), "")
    return {
        "id": str(talk.pk),
        "name": talk.visitor.name,
        "place": talk.visitor.place,
        "text": first,
        "state": talk.state,
        "at": talk.opened_at.isoformat(),
    }


def rings(entries: Entries) -> Shown:
    """What "expo.rings" shows: who waits now."""
    found = {pk: waiting(pk) for pk in {entry["exhibitor"] for entry in entries}}
    return [found[entry["exhibitor"]] for entry in entries]


def talk_data(talk: Talk) -> dict[str, Any]:
    """The head of a talk."""
    return {
        "id": str(talk.pk),
        "state": talk.state,
        "label": str(talk.get_state_display()),
        "visitor": talk.visitor.name,
        "place": talk.visitor.place,
        "taken_by": talk.taken_by.name if talk.taken_by else "",
        "exhibitor": talk.exhibitor.name,
        "exhibitor_id": talk.exhibitor_id,
        "video": video.has_talk(talk),
    }


def talks(entries: Entries) -> Shown:
    """What "expo.talk" shows: the head of the talk as it is now."""
    rows = Talk.objects.filter(pk__in=[entry["talk"] for entry in entries])
    found = {str(talk.pk): talk_data(talk) for talk in rows.select_related("visitor", "taken_by", "exhibitor")}
    return [found.get(entry["talk"]) for entry in entries]


def there(exhibitor: int, people: Iterable[Participant]) -> dict[str, Any]:
    """Who of a team is at the stand."""
    people = list(people)
    return {"exhibitor": exhibitor, "people": [{"name": one.name, "role": one.job_title} for one in people]}


def teams(entries: Entries) -> Shown:
    """What "expo.team" shows: who is at the stand now."""
    found = team.here({entry["exhibitor"] for entry in entries})
    return [there(entry["exhibitor"], found.get(entry["exhibitor"], [])) for entry in entries]


def card(exhibitor: Exhibitor) -> dict[str, Any]:
    """An exhibitor in a list, as it is for everybody."""
    plain = {name: getattr(exhibitor, name) for name in ("name", "claim", "country", "logo")}
    return plain | {
        "id": exhibitor.pk,
        "url": exhibitor.get_absolute_url(),
        "kind": str(exhibitor.get_kind_display()),
        "stand": str(exhibitor.stand or ""),
    }


def cards(plain: Cards, here: Mapping[int, Sequence[Any]], saved: set[int]) -> list[dict[str, Any]]:
    """The cards with how many of a team are there, and whether one has saved it."""
    return [each | {"here": len(here.get(pk, ())), "saved": pk in saved} for pk, each in plain.items()]


def scans_of(participant: int, edition: int | None = None) -> list[dict[str, Any]]:
    """Who has a person's data: the exhibitor, who scanned, which fields, until when it can be taken back."""
    found = Lead.objects.filter(participant=participant, withdrawn_at=None).select_related(
        "exhibitor__edition", "scanned_by"
    )
    if edition:
        found = found.filter(exhibitor__edition=edition)
    return [
        {
            "id": lead.pk,
            "exhibitor": lead.exhibitor.name,
            "url": lead.exhibitor.get_absolute_url(),
            "slug": lead.exhibitor.edition.slug,
            "by": lead.scanned_by.name if lead.scanned_by else "",
            "at": lead.scanned_at.isoformat(),
            "fields": [str(FIELDS[name]) for name in lead.fields if name in FIELDS],
            "source": "" if lead.source == Source.SCAN else str(lead.get_source_display()),
            "can_take_back": clock.now() < lead.uploaded_at + TAKEN_BACK_WITHIN,
        }
        for lead in found
    ]


def scanned(entries: Entries) -> Shown:
    """What "expo.scanned" shows: who has one's data now."""
    found = {pk: {"scans": scans_of(pk)} for pk in {entry["participant"] for entry in entries}}
    return [found[entry["participant"]] for entry in entries]


def meetings_of(rows: Iterable[Meeting], who: Participant) -> list[dict[str, Any]]:
    """Meetings as somebody sees them who is in all of them."""
    rows = list(rows)
    names = partners.names(rows)
    return [meeting_data(row, who.pk, who.timezone, names[row.pk]) for row in rows]


def meeting_data(meeting: Meeting, participant: int, zone: str, asked: str) -> dict[str, Any]:
    """A meeting as one of its two people sees it, on the clock of its city and on theirs; `asked`: who was asked."""
    other = asked if meeting.visitor_id == participant else meeting.visitor.name
    city = partners.city_of(meeting)
    return {
        "id": meeting.pk,
        "topic": meeting.topic,
        "with": other,
        "state": meeting.state,
        "label": str(meeting.get_state_display()),
        "way": str(meeting.get_way_display()),
        "table": meeting.table,
        "starts": meeting.starts_at.isoformat(),
        "ends": meeting.ends_at.isoformat(),
        "city": city.name,
        "city_zone": city.timezone,
        "own_zone": zone if zone != city.timezone else "",
    }


def meetings(entries: Entries) -> Shown:
    """What "expo.meeting" shows: the meeting as it is now, to one of its two people."""
    found = Meeting.objects.select_related(*partners.RELATED).in_bulk({entry["meeting"] for entry in entries})
    names = partners.names(found.values())
    zones = dict(Participant.objects.filter(pk__in={entry["of"] for entry in entries}).values_list("pk", "timezone"))
    return [
        meeting_data(meeting, entry["of"], zones.get(entry["of"], ""), names[meeting.pk])
        if (meeting := found.get(entry["meeting"]))
        else None
        for entry in entries
    ]
