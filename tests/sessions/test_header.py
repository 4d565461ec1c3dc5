"""The header leads to one's own agenda: by a microphone for those who have something to do in a session."""

import re

import pytest
from django.test import Client

from people.models import Role
from tests import world

pytestmark = pytest.mark.django_db
MIC, BOOKMARK = "M12 19v3", "M17 3a2"  # what lucide draws


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
        ("outsider", BOOKMARK),  # invited
        ("guest", BOOKMARK),
        ("attendee", BOOKMARK),
        ("organiser", BOOKMARK),  # of the edition
        ("anonymous", None),
    ],
)
def test_the_way_to_ones_own_sessions(place, role, drawn):
    client = Client()
    if role in place["cookies"]:
        client.cookies["sessionid"] = place["cookies"][role]
    page = client.get(f"/sessions/{place['session']}/").text
    link = re.search(rf'<a href="/editions/{place["slug"]}/agenda/" aria-label="Agenda">.*?</a>', page, re.DOTALL)
    assert [one for one in (MIC, BOOKMARK) if link and one in link[0]] == ([drawn] if drawn else [])
    assert bool(link) == bool(drawn)
