"""The kinds of events that the programme appends, and the plain data its templates show (on pages as in events)."""

from dataclasses import asdict
from typing import Any

from django.templatetags.static import static

from live.log import append
from live.models import Presence
from people.access import Visibility
from people.permissions import is_open
from sessions.audiences import REGISTERED, STAFF, VISITORS
from sessions.models import Edition, HostCity, Session


def status(session: Session) -> None:
    """A session's status, times or stage changed: "congress.status" to its room, "congress.world" to its edition's."""
    append(session.room_key, "congress.status", {"item": detail(session)}, parent=session.edition.room_key)
    changed_in_world(session)


def changed_in_world(session: Session) -> None:
    """ "congress.world" to the edition's room: once for everybody, or, when not all is for everybody, once for each
    audience. The caller holds `Session.locked`, so that each step tells of the world that the ones before it made."""
    on_air = list(Session.objects.on_air().filter(edition=session.edition).for_display())
    if all(is_open(one) for one in [session, *on_air]):
        append(session.edition.room_key, "congress.world", _world_event(session, on_air, VISITORS))
        return
    for audience in (VISITORS, REGISTERED, STAFF):
        data = _world_event(session, on_air, audience)
        append(session.edition.room_key, "congress.world", data, audience=audience)


def _world_event(session: Session, on_air: list[Session], audience: str) -> dict[str, Any]:
    there = shown_to(session, audience)
    return {
        "item": card(session) if there else None,
        "cities": world(session.edition, audience, on_air),
    }


def shown_to(session: Session, audience: str) -> bool:
    """Whether an audience of the edition's room is told of a session; who has more rights sees it in the programme."""
    if audience == STAFF or is_open(session):
        return True
    return audience == REGISTERED and session.visibility == Visibility.REGISTERED and not session.embargoed


def detail(session: Session) -> dict[str, Any]:
    """A card with what the session page shows beside it."""
    return card(session) | {"sources": [asdict(source) for source in session.sources]}


def card(session: Session) -> dict[str, Any]:
    """What a session's card shows; times as ISO 8601."""
    stage, city = session.stage, session.stage.host_city
    return {
        "id": session.pk,
        "url": session.get_absolute_url(),
        "room": session.room_key,
        "title": session.title,
        "format": session.format,
        "languages": session.languages,
        "status": session.status,
        "reason": session.status_reason,
        "planned": session.start.isoformat(),
        "begins": session.begins.isoformat(),
        "finishes": session.finishes.isoformat(),
        "delayed": session.delayed_start is not None,
        "stage": stage.name,
        "city": city.name,
        "timezone": city.timezone,
        "theme": {"name": session.theme.name, "hue": session.theme.hue} if session.theme else None,
        "strand": session.strand.name if session.strand else "",
        "speakers": [{"name": speaker.name, "place": speaker.city} for speaker in session.speakers.all()],
        "poster": session.poster or static("poster.svg"),
    }


def world(edition: Edition, audience: str, on_air: list[Session] | None = None) -> list[dict[str, Any]]:
    """The edition's host cities, the main one first, each with what is on air there for an audience."""
    cities = list(HostCity.objects.filter(stages__edition=edition).distinct())
    if not any(city.pk == edition.host_city_id for city in cities):
        cities.append(edition.host_city)
    cities.sort(key=lambda city: (city.pk != edition.host_city_id, city.name))
    if on_air is None:
        on_air = list(Session.objects.on_air().filter(edition=edition).for_display())
    return [
        {
            "id": city.pk,
            "name": city.name,
            "country": city.country,
            "timezone": city.timezone,
            "sessions": [
                card(session)
                for session in on_air
                if session.stage.host_city_id == city.pk and shown_to(session, audience)
            ],
        }
        for city in cities
    ]


def followers(cities: list[dict[str, Any]]) -> dict[str, int]:
    """Room key -> how many follow, for the sessions on air in these cities."""
    return Presence.counts(item["room"] for city in cities for item in city["sessions"])
