"""A speaker's page and one's own sessions stand under the days of their host cities."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from people.models import Participant, Role
from sessions.models import Session, Speaker
from tests import world

pytestmark = pytest.mark.django_db
EVENING = datetime(2030, 11, 5, 17, tzinfo=UTC)  # 18:00 in Barcelona, one o'clock of the next day in Shanghai
EXPECTED = [
    ("Tue 5 Nov 2030", ["Streets for people", "The night bus"]),
    ("Wed 6 Nov 2030", ["Grids that listen", "Morning after"]),
]


@pytest.fixture
def place():
    """Sessions of one speaker; by the clock, Shanghai's next day begins before Barcelona's evening is over."""
    made = world.build()
    first, second = (Session.objects.get(pk=made[name]) for name in ("session", "other_session"))
    sessions = [first, second]
    sessions += [world.talk(first.edition, first.stage, title) for title in ("The night bus", "Morning after")]
    for session, hours in zip(sessions, (0, 1, 2, 14), strict=True):
        session.start = EVENING + timedelta(hours=hours)
        session.end = session.start + timedelta(hours=1)
        session.save()
    Speaker.objects.get(pk=made["speaker_page"]).sessions.set(sessions)
    who = Participant.objects.get(pk=made["people"]["outsider"])
    for session in sessions:
        Role.objects.create(participant=who, name="speaker", scope=session.room_key)
    return made


def test_sessions_stand_under_their_days(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["outsider"]
    page = client.get(f"/speakers/{place['speaker_page']}/").text
    found = []
    for section in re.findall(r'<section class="day".*?</section>', page, re.DOTALL):
        day = re.search(r"<h2.*?<time[^>]*>(.*?)</time></h2>", section)[1]
        found.append((day, re.findall(r"<h3><a[^>]*>(.*?)</a>", section)))
    assert found == EXPECTED


def test_who_is_in_no_session_yet_is_shown_to_organisers_only(place):
    client, address = Client(), f"/speakers/{place['speaker_page']}/"
    Speaker.objects.get(pk=place["speaker_page"]).sessions.clear()
    for role, status in ((None, 404), ("attendee", 404), ("moderator", 404), ("organiser", 200)):
        client.cookies["sessionid"] = place["cookies"].get(role, "")
        answer = client.get(address)
        assert answer.status_code == status, role
    assert "No sessions yet." in answer.text
