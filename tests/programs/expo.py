"""The exhibition as tests with servers and browsers need it."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count

from announcements import announcing
from common import clock
from expo import meeting, state, talking
from expo.models import Booking, Exhibitor, Meeting, Talk, Visit
from people.models import Participant
from sessions.models import Edition, Session, Theme
from tests import world
from tests.expo.conftest import exhibitor_of, expo_of, member_of


def hall(visitors: int = 1, team: int = 2, tables: int = 3) -> dict[str, Any]:
    """An open stand: cookies of so many visitors and of its team; "exhibitor" is its id."""
    made: dict[str, Any] = world.build()
    session = Session.objects.select_related("edition__host_city").get(pk=made["session"])
    expo_of(session.edition, tables=tables)
    exhibitor = exhibitor_of(session.edition, claim="Trams", video="https://example.org/call")
    exhibitor.themes.add(Theme.objects.create(edition=session.edition, name="Mobility", slug="mobility"))

    def people(name: str, count: int) -> list[Participant]:
        marks = [f"{name}{number}-{made['slug']}" for number in range(count)]
        return [world.participant(mark, "attendee", session.edition, session) for mark in marks]

    found, staff = people("v", visitors), people("t", team)
    for member in staff:
        member_of(exhibitor, member)
    return made | {
        "exhibitor": exhibitor.pk,
        "visitors": [world.cookie(each) for each in found],
        "visitor_ids": [each.pk for each in found],
        "team": [world.cookie(each) for each in staff],
        "team_ids": [each.pk for each in staff],
    }


def talks(exhibitor: int) -> list[dict[str, Any]]:
    """The talks of a stand."""
    rows = Talk.objects.filter(exhibitor=exhibitor)
    return [{"id": str(talk.pk), "state": talk.state, "by": talk.taken_by_id} for talk in rows]


def ring(exhibitor: int, visitor: int) -> str:
    """The id of a talk that a visitor has begun."""
    found = Exhibitor.objects.select_related("edition").get(pk=exhibitor)
    who = Participant.objects.get(pk=visitor)
    return str(talking.ring(found, who, "Hello?", uuid.uuid4(), staffed=True).pk)


def take(talk: str, by: int) -> None:
    """Somebody of the team takes a talk."""
    talking.take(uuid.UUID(talk), Participant.objects.get(pk=by))


def tell(edition: int, words: str) -> None:
    """An announcement on every page of an edition."""
    by = Participant.objects.filter(name="Organiser").first()
    assert by
    begins = clock.now() - timedelta(minutes=1)
    given = {
        "scope": f"edition:{edition}",
        "texts": {"en": words},
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=1),
    }
    announcing.make(Edition.objects.get(pk=edition), by, given)


def ask_all(exhibitor: int, visitors: list[int], slots: int) -> list[int]:
    """The ids of requests for a table: every visitor's, spread over so many times."""
    found = Exhibitor.objects.select_related("edition__host_city", "stand__host_city").get(pk=exhibitor)
    times = meeting.slots(found)[:slots]
    return [
        Meeting.objects.create(
            edition=found.edition,
            exhibitor=found,
            visitor_id=visitor,
            topic="Trams",
            starts_at=times[number % slots],
            way="table",
        ).pk
        for number, visitor in enumerate(visitors)
    ]


def booked() -> dict[str, int]:
    """How many bookings there are, and how many pairs of thing and time."""
    rows = list(Booking.objects.values_list("what", "starts_at"))
    return {"rows": len(rows), "pairs": len(set(rows)), "accepted": Meeting.objects.filter(state="accepted").count()}


def stands(team: list[int], edition: int, count: int, state: str) -> list[dict[str, int]]:
    """So many exhibitors of the same team whose words stand there, with a draft that differs."""
    edition_row = Edition.objects.get(pk=edition)
    made = []
    for number in range(count):
        exhibitor = exhibitor_of(edition_row, f"Stand {state} {number}", claim="Old", state=state)
        exhibitor.draft = exhibitor.content() | {"claim": "Seen"}
        exhibitor.save()
        for who in team:
            member_of(exhibitor, Participant.objects.get(pk=who))
        made.append({"pk": exhibitor.pk, "version": exhibitor.version})
    return made


def stands_now(pks: list[int]) -> dict[str, Any]:
    """What became of exhibitors: what is public, what is drafted, whether it is public at all."""
    rows = Exhibitor.objects.filter(pk__in=pks)
    return {str(row.pk): [row.claim, row.draft.get("claim"), row.is_public, row.state] for row in rows}


def meetings_now() -> dict[str, Any]:
    """What became of meetings: the state, who of the team answered, how many bookings."""
    rows = Meeting.objects.annotate(booked=Count("bookings"))
    return {str(row.pk): [row.state, row.host_id, row.booked] for row in rows}


def named(who: int, name: str, organisation: str) -> None:
    """Somebody has this name."""
    Participant.objects.filter(pk=who).update(name=name, organisation=organisation)


def written(exhibitor: int, products: str, by: int) -> None:
    """An organiser approves other products of an exhibitor."""
    with transaction.atomic():
        found = state.MACHINE.current(exhibitor)
        found.draft, found.state = found.content() | {"products": products}, "waiting"
        found.save()
    state.step(exhibitor, "approve", Participant.objects.get(pk=by))


def take_down(exhibitor: int, by: int) -> None:
    """An organiser takes an exhibitor down."""
    state.step(exhibitor, "hide", Participant.objects.get(pk=by))


def visits(exhibitor: int) -> list[int]:
    """Who has looked at a stand."""
    return sorted(Visit.objects.filter(exhibitor=exhibitor).values_list("participant", flat=True))
