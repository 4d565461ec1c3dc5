"""An exhibition of the size of a large congress, and what is counted in it."""

from datetime import time, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection

from common import clock
from expo import meeting, partners
from expo.models import Booking, Exhibitor, Expo, Kind, Meeting, Member, Stand, Talk
from people.models import Participant, Role
from sessions.models import Edition, Theme
from tests import world

COLUMNS = 40  # stands in a row
COUNTRIES = ["Chile", "Finland", "Ghana", "Japan", "Kenya", "Norway", "Peru", "Spain"]
WORDS = ["harbour", "tram", "shade", "water", "sensor", "map", "market", "bridge", "lamp", "roof", "street", "library"]
WORDS += ["canal", "garden", "bus", "kerb"]


def build(exhibitors: int, visitors: int, team: int) -> dict[str, Any]:
    """So many exhibitors in one hall; cookies of visitors, and of a team of the first one."""
    made: dict[str, Any] = world.build()
    edition = Edition.objects.get(pk=made["edition"])
    today = clock.now().date()
    Edition.objects.filter(pk=edition.pk).update(start_date=today, end_date=today + timedelta(days=3))
    edition.refresh_from_db()
    first = exhibition(edition, exhibitors)
    found, staff = _people("visitor", visitors, edition), _people("team", team, edition)
    Member.objects.bulk_create([Member(exhibitor=first, email=str(who.email), participant=who) for who in staff])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made | {
        "exhibitor": first.pk,
        "visitors": [world.cookie(who) for who in found],
        "visitor_ids": [who.pk for who in found],
        "team": [world.cookie(who) for who in staff],
    }


def exhibition(edition: Edition, exhibitors: int) -> Exhibitor:
    """So many exhibitors in one hall, which is open around the clock; the first of them."""
    Expo.objects.create(edition=edition, opens=time(0), closes=time(23, 59), tables=4)
    _stands(edition, exhibitors)
    first = Exhibitor.objects.filter(edition=edition).order_by("pk").first()
    assert first
    return first


def _stands(edition: Edition, count: int) -> None:
    themes = [Theme.objects.create(edition=edition, name=word.title(), slug=word) for word in WORDS[:8]]
    places = [(number % COLUMNS * 5, number // COLUMNS * 4) for number in range(count)]
    stands = Stand.objects.bulk_create(
        Stand(edition=edition, host_city=edition.host_city, hall="1", number=f"A{at}", x=x, y=y, width=4, height=3)
        for at, (x, y) in enumerate(places)
    )
    rows = Exhibitor.objects.bulk_create([_exhibitor(edition, stand, at) for at, stand in enumerate(stands)])
    through = Exhibitor.themes.through
    through.objects.bulk_create(
        [through(exhibitor_id=row.pk, theme_id=themes[at % len(themes)].pk) for at, row in enumerate(rows)]
    )


def _exhibitor(edition: Edition, stand: Stand, at: int) -> Exhibitor:
    first, second = WORDS[at % len(WORDS)], WORDS[at // len(WORDS) % len(WORDS)]
    return Exhibitor(
        edition=edition,
        stand=stand,
        name=f"{first.title()} & {second} {at}",
        kind=list(Kind)[at % len(Kind)],
        claim=f"A {first} for every {second}",
        products=f"{first.title()} kit\n{second.title()} by the hour",
        text="What we do, in a few words. " * 20,
        country=COUNTRIES[at % len(COUNTRIES)],
        state="approved",
        is_public=True,
    )


def _people(name: str, count: int, edition: Edition) -> list[Participant]:
    rows = [Participant(email=f"{name}{at}@example.org", name=f"{name} {at}", city="Lagos") for at in range(count)]
    for row in rows:
        row.set_unusable_password()
    made = Participant.objects.bulk_create(rows)
    Role.objects.bulk_create([Role(participant=who, name="attendee", scope=f"edition:{edition.pk}") for who in made])
    return made


def ask(exhibitor: int, visitors: list[int], slots: int) -> list[int]:
    """The ids of requests for a table, one of each visitor, spread over so many times."""
    found = Exhibitor.objects.select_related("edition__host_city", "stand__host_city").get(pk=exhibitor)
    times = partners.stand(found).slots()[:slots]
    assert len(times) == slots, len(times)
    fields = {"edition": found.edition, "exhibitor": found, "topic": "Trams", "way": "table"}
    rows = [Meeting(visitor_id=who, starts_at=times[number % slots], **fields) for number, who in enumerate(visitors)]
    return [row.pk for row in Meeting.objects.bulk_create(rows)]


def counted(exhibitor: int) -> dict[str, Any]:
    """What became of rings and of meetings."""
    talks = Talk.objects.filter(exhibitor=exhibitor).order_by("opened_at")
    bookings = list(Booking.objects.values_list("what", "starts_at"))
    moments = [talk.opened_at for talk in talks]
    return {
        "talks": {str(talk.pk): [talk.state, talk.taken_by_id] for talk in talks},
        "bookings": len(bookings),
        "pairs": len(set(bookings)),
        "accepted": Meeting.objects.filter(state=Meeting.State.ACCEPTED).count(),
        "longest": max(((b - a).total_seconds() for a, b in pairwise(moments)), default=0),
        "expires": meeting.EXPIRES.total_seconds(),
    }
