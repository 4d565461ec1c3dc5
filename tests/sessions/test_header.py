"""The header leads to one's own sessions: by a microphone to those who have something to do in them."""

import re

import pytest
from django.test import Client

from people.models import Role
from tests import world

pytestmark = pytest.mark.django_db
MIC, CALENDAR = "M12 19v3", "m9 16 2 2 4-4"  # what lucide draws


@pytest.fixture
def place():
    made = world.build()
    Role.objects.create(participant_id=made["people"]["outsider"], name="attendee", scope=f"session:{made['session']}")
    Role.objects.create(
        participant_id=made["people"]["other_speaker"], name="attendee", scope=f"session:{made['session']}"
    )
    return made


@pytest.mark.parametrize(
    ("role", "drawn"),
    [
        ("speaker", MIC),
        ("session_moderator", MIC),
        ("other_speaker", MIC),  # invited to another session as well
        ("outsider", CALENDAR),  # invited
        ("guest", None),
        ("attendee", None),
        ("organiser", None),  # of the edition
    ],
)
def test_the_way_to_ones_own_sessions(place, role, drawn):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    page = client.get(f"/sessions/{place['session']}/").text
    link = re.search(r'<a href="/my-sessions/" aria-label="My sessions">.*?</a>', page, re.DOTALL)
    assert [one for one in (MIC, CALENDAR) if link and one in link[0]] == ([drawn] if drawn else [])
    assert bool(link) == bool(drawn)
