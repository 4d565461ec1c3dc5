"""What templates of the programme show, the same on pages and in events: plain data, times as ISO 8601."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.db.models import F, Q, Window
from django.db.models.functions import Coalesce, RowNumber
from django.templatetags.static import static
from django.urls import reverse

from common import clock
from common.registry import registry
from live.models import Presence
from people.access import Visibility
from people.permissions import is_open
from sessions.audiences import REGISTERED, STAFF
from sessions.models import BEFORE, Edition, Session


class ThemeData(TypedDict):
    """A theme: `hue` in degrees."""

    name: str
    hue: int


class SpeakerData(TypedDict):
    """A speaker as cards name them."""

    name: str
    place: str


class SessionCard(TypedDict):
    """A session's card. `planned` is the start as planned, `begins` and `finishes` hold now.

    `ends`: when it will really end, where what is on air ends otherwise than `finishes`; else empty.
    """

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
    ends: str
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

    stream: dict[str, Any]


class NextUp(TypedDict):
    """What begins next in a city."""

    url: str
    title: str
    begins: str


class CityOnAir(TypedDict):
    """A host city with what is on air there, and its part of the programme (`url`)."""

    id: int
    name: str
    country: str
    timezone: str
    url: str
    next: NextUp | None
    sessions: list[SessionCard]


def ends_of(sessions: Iterable[Session]) -> dict[int, str]:
    """Session id -> when it will really end (ISO 8601), of those on air that end otherwise than promised."""
    ends = registry.ends({session.stage_id for session in sessions if session.on_air})
    return {pk: end.isoformat() for pk, end in ends.items()}


def session_card(session: Session, ends: Mapping[int, str] | None = None) -> SessionCard:
    """What a session's card shows; times as ISO 8601. `ends` are those of many sessions, where somebody has them."""
    ends = ends_of([session]) if ends is None else ends
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
        "ends": ends.get(session.pk, "") if session.on_air else "",
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
    return {**session_card(session), "stream": dict(registry.player().data(session))}


def cities_on_air(edition: Edition, audience: str, on_air: list[Session] | None = None) -> list[CityOnAir]:
    """The edition's host cities, the main one first: what an audience finds on air there, and what comes next."""
    if on_air is None:
        on_air = list(Session.objects.on_air().filter(edition=edition).for_display())
    programme, upcoming, ends = edition.get_absolute_url(), _next_by_city(edition, audience), ends_of(on_air)
    return [
        {
            "id": city.pk,
            "name": city.name,
            "country": city.country,
            "timezone": city.timezone,
            "url": f"{programme}?city={city.pk}",
            "next": upcoming.get(city.pk),
            "sessions": [
                session_card(session, ends)
                for session in on_air
                if session.stage.host_city_id == city.pk and shown_to(session, audience)
            ],
        }
        for city in edition.host_cities
    ]


def _next_by_city(edition: Edition, audience: str) -> dict[int, NextUp]:
    """Id of a host city -> what an audience may come to there next."""
    starts, city = Coalesce("delayed_start", "start"), F("stage__host_city")
    ahead = edition.sessions.filter(_shown_to(audience), status__in=BEFORE).annotate(starts=starts)
    ahead = ahead.filter(starts__gt=clock.now()).order_by()
    ranked = ahead.annotate(rank=Window(RowNumber(), partition_by=city, order_by=["starts", "pk"]))
    columns = ("stage__host_city", "pk", "title", "starts")
    return {
        city: {"url": reverse("sessions:session", args=[pk]), "title": title, "begins": starts.isoformat()}
        for city, pk, title, starts in ranked.filter(rank=1).values_list(*columns)
    }


def _shown_to(audience: str) -> Q:
    """`shown_to` as a condition."""
    if audience == STAFF:
        return Q()
    levels = [Visibility.PUBLIC, *([Visibility.REGISTERED] if audience == REGISTERED else [])]
    embargo_ended = Q(embargo_until=None) | Q(embargo_until__lte=clock.now())
    return Q(visibility__in=levels) & embargo_ended


def followers_of(cities: list[CityOnAir], more: Iterable[str] = ()) -> dict[str, int]:
    """Room key -> how many follow, for the sessions on air in these cities and for `more` rooms."""
    return Presence.counts([*more, *(item["room"] for city in cities for item in city["sessions"])])


def shown_to(session: Session, audience: str) -> bool:
    """Whether an audience of the edition's room hears of a session. Others who may see it find it in the programme."""
    if audience == STAFF or is_open(session):
        return True
    return audience == REGISTERED and session.visibility == Visibility.REGISTERED and not session.embargoed
