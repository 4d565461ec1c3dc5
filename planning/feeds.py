"""Calendars to subscribe to: public ones of an edition and its parts, and a secret one for each participant."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from common.registry import registry
from common.signed import Addresses
from people.models import Participant
from planning.models import PersonalCalendar
from sessions.models import Edition, Session

ADDRESSES = Addresses("planning.calendar")
# Kind of a public calendar -> the field of a session that holds the part it is of.
KINDS = {"city": "stage__host_city", "stage": "stage", "theme": "theme", "strand": "strand"}
COLUMNS = (
    *("id", "title", "day", "start", "end", "timezone", "start_utc", "stage", "city", "status"),
    *("speakers", "theme", "strand", "kind", "languages"),
)
MOST_KEPT = 64  # drawn calendars of this process
_drawn: dict[tuple[str, ...], bytes] = {}


def public(edition: Edition, kind: str, pk: int) -> tuple[str, Any]:
    """The feed's name in the database, and the sessions in it that everybody may see."""
    sessions = edition.sessions.visible_to(AnonymousUser())
    if not kind:
        return f"edition:{edition.pk}", sessions
    return f"edition:{edition.pk}/{kind}:{pk}", sessions.filter(**{KINDS[kind]: pk})


def part_of(edition: Edition, kind: str, pk: int) -> Any:
    """The part of the edition that a public calendar is of, or None."""
    if kind == "city":
        return next((city for city in edition.host_cities if city.pk == pk), None)
    return getattr(edition, f"{kind}s").filter(pk=pk).first()


def personal(participant: Participant) -> tuple[str, Any]:
    """The same of what a participant saved or has among their own sessions, and may see."""
    chosen = Q(pk__in=Session.objects.of(participant).values("pk")) | Q(pk__in=registry.saved(participant.pk))
    return f"participant:{participant.pk}", Session.objects.filter(chosen).visible_to(participant)


def with_places(sessions: Any) -> list[Session]:
    """The sessions with what a calendar says of them."""
    return list(sessions.select_related("stage__host_city", "edition").defer("title_folded", "abstract_folded"))


def address(participant: Participant) -> str:
    """The path of a participant's calendar."""
    signed = ADDRESSES.of(participant.pk, PersonalCalendar.number_of(participant))
    return reverse("planning:personal_feed", args=[signed])


def owner_of(signed: str) -> Participant | None:
    """Whose calendar the address opens; None for one that is not ours or has ended."""
    pk, number = ADDRESSES.read(signed) or (0, 0)
    participant = Participant.objects.filter(pk=pk, is_active=True).first()
    return participant if participant and PersonalCalendar.number_of(participant) == number else None


def rotate(participant: Participant) -> None:
    """End the address; another one holds from now on."""
    with transaction.atomic():
        made, _created = PersonalCalendar.objects.get_or_create(participant=participant)
        PersonalCalendar.objects.filter(pk=made.pk).update(number=F("number") + 1)


def once(key: tuple[str, ...], draw: Callable[[], bytes]) -> bytes:
    """What `draw` gives, drawn once for a key and kept for a while."""
    if (drawn := _drawn.get(key)) is None:
        drawn = _drawn[key] = draw()
        if len(_drawn) > MOST_KEPT:
            _drawn.pop(next(iter(_drawn)), None)
    return drawn


def rows(sessions: Iterable[Session]) -> list[Mapping[str, Any]]:
    """The programme as a table: a row for each session, its times on its city's clock and in UTC."""
    return [
        {
            "id": session.guid,
            "title": session.title,
            "day": session.begins.astimezone(session.zone).strftime("%Y-%m-%d"),
            "start": session.begins.astimezone(session.zone).strftime("%H:%M"),
            "end": session.finishes.astimezone(session.zone).strftime("%H:%M"),
            "timezone": session.zone.key,
            "start_utc": session.begins.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "stage": session.stage.name,
            "city": session.stage.host_city.name,
            "status": session.get_status_display(),
            "speakers": "; ".join(speaker.name for speaker in session.speakers.all()),
            "theme": session.theme.name if session.theme else "",
            "strand": session.strand.name if session.strand else "",
            "kind": session.format,
            "languages": ", ".join(session.languages),
        }
        for session in sessions
    ]
