"""What templates of the programme show, the same on pages and in events: plain data, times as ISO 8601."""

from dataclasses import asdict
from typing import Any, TypedDict

from django.templatetags.static import static

from live.models import Presence
from people.access import Visibility
from people.permissions import is_open
from sessions.audiences import REGISTERED, STAFF
from sessions.models import Edition, HostCity, Session


class ThemeData(TypedDict):
    """A theme: `hue` in degrees."""

    name: str
    hue: int


class SpeakerData(TypedDict):
    """A speaker as cards name them."""

    name: str
    place: str


class SessionCard(TypedDict):
    """A session's card. `planned` is the start as planned, `begins` and `finishes` hold now."""

    id: int
    url: str
    room: str
    title: str
    format: str
    languages: list[str]
    status: str
    reason: str
    planned: str
    begins: str
    finishes: str
    delayed: bool
    stage: str
    city: str
    timezone: str
    theme: ThemeData | None
    strand: str
    speakers: list[SpeakerData]
    poster: str


class SessionDetail(SessionCard):
    """What a session's page shows."""

    sources: list[dict[str, Any]]


class CityOnAir(TypedDict):
    """A host city with what is on air there."""

    id: int
    name: str
    country: str
    timezone: str
    sessions: list[SessionCard]


def session_card(session: Session) -> SessionCard:
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


def session_detail(session: Session) -> SessionDetail:
    """A card with what the session page shows beside it."""
    return {**session_card(session), "sources": [asdict(source) for source in session.sources]}


def cities_on_air(edition: Edition, audience: str, on_air: list[Session] | None = None) -> list[CityOnAir]:
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
                session_card(session)
                for session in on_air
                if session.stage.host_city_id == city.pk and shown_to(session, audience)
            ],
        }
        for city in cities
    ]


def followers_of(cities: list[CityOnAir]) -> dict[str, int]:
    """Room key -> how many follow, for the sessions on air in these cities."""
    return Presence.counts(item["room"] for city in cities for item in city["sessions"])


def shown_to(session: Session, audience: str) -> bool:
    """Whether an audience of the edition's room hears of a session. Others who may see it find it in the programme."""
    if audience == STAFF or is_open(session):
        return True
    return audience == REGISTERED and session.visibility == Visibility.REGISTERED and not session.embargoed
