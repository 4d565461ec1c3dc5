"""The exhibition as tests with servers and browsers need it."""

import uuid
from typing import Any

from expo import meeting, talking
from expo.models import Booking, Exhibitor, Meeting, Talk
from people.models import Participant
from sessions.models import Session, Theme
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
