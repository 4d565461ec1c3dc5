"""An exhibition with stands, a team and a visitor."""

from datetime import time, timedelta

import pytest

from common import clock
from expo.models import Exhibitor, Expo, Member, Stand
from people.models import Participant
from sessions.models import Edition, Session, Theme
from tests import world


def expo_of(edition, **fields):
    """An exhibition that is open around the clock, today and for two days."""
    today = clock.now().date()
    Edition.objects.filter(pk=edition.pk).update(
        start_date=today - timedelta(days=1), end_date=today + timedelta(days=2)
    )
    edition.refresh_from_db()
    hours = {"opens": time(0), "closes": time(23, 59)}
    return Expo.objects.get_or_create(edition=edition, defaults=hours | fields)[0]


def stand_of(edition, number="A1", **fields):
    return Stand.objects.create(edition=edition, host_city=edition.host_city, hall="1", number=number, **fields)


def exhibitor_of(edition, name="City of Tampere", **fields):
    """A public exhibitor with a stand."""
    given = {"kind": "city", "country": "Finland", "state": "approved", "is_public": True} | fields
    number = f"A{Stand.objects.filter(edition=edition).count() + 1}"
    if "stand" not in given:
        given["stand"] = stand_of(edition, number)
    return Exhibitor.objects.create(edition=edition, name=name, **given)


def member_of(exhibitor, participant, **fields):
    return Member.objects.create(exhibitor=exhibitor, email=participant.email, participant=participant, **fields)


def visitor_of(place, name):
    """Somebody who takes part, with a cookie."""
    made = world.participant(f"{name}-{place['slug']}", "attendee", place["at"].edition, place["at"])
    place["all"][name], place["cookies"][name] = made, world.cookie(made)
    return made


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    made["at"] = Session.objects.select_related("edition__host_city").get(pk=made["session"])
    edition = made["edition_row"] = made["at"].edition
    made["expo"] = expo_of(edition)
    made["theme"] = Theme.objects.create(edition=edition, name="Mobility", slug="mobility")
    made["exhibitor"] = exhibitor_of(edition)
    made["exhibitor"].themes.add(made["theme"])
    for name in ("staff", "colleague"):
        member_of(made["exhibitor"], visitor_of(made, name))
    visitor_of(made, "rival")
    member_of(exhibitor_of(edition, "Kerbside Labs", kind="startup"), made["all"]["rival"])
    return made
