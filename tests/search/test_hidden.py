"""What one may not see is no hit, no number and no suggestion; for each role, closed in each way."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cities.models import City
from expo.models import Exhibitor
from people.models import Ban, Participant
from sessions.models import Edition, Session, Speaker
from tests.people.hidden import CANARY, MODES, hide


@pytest.fixture(scope="module", params=MODES)
def place(kept, request):
    with transaction.atomic():
        made = hide(request.param)
        Exhibitor.objects.create(edition_id=made["edition"], name=CANARY, draft={"name": CANARY})
        yield made
        transaction.set_rollback(True)


def test_nobody_finds_what_is_not_there_for_them(place, look):
    for role in place["hidden_from"]:
        for typed in (CANARY, CANARY[:4], CANARY[:-1] + "i", f"{CANARY} streets"):
            status, text = look(place, role, typed)
            assert status == (403 if role == "banned" else 200), role
            assert "canary" not in text.lower(), (role, typed)
            assert f"/sessions/{place['session']}/" not in text, role


def test_no_number_tells_of_it(place, look):
    session = Session.objects.get(pk=place["session"])
    words = f"{CANARY} only"
    with_it = {}
    for role in ("anonymous", "organiser"):
        _status, text = look(place, role, CANARY)
        with_it[role] = [int(number) for number in re.findall(r"<span>(\d+)</span>", text)]
    assert not with_it["anonymous"] and sum(with_it["organiser"]) >= 2, (session.visibility, words)


def test_those_find_it_who_may(place, look):
    """The tests above can fail."""
    for role in ("organiser", "speaker", "session_moderator"):
        _status, text = look(place, role, CANARY[:4])
        assert f"/sessions/{place['session']}/" in text and f"/speakers/{place['speaker_page']}/" in text, role


def test_what_nobody_has_published_is_found_by_nobody(place, look):
    """Drafts, cases in review, claimed organisations, private needs, and exhibitors that wait."""
    _status, text = look(place, "organiser", CANARY)
    for kind in ("case", "tool", "solution", "city", "exhibitor"):
        assert f"kind={kind}" not in text


@pytest.fixture
def world_of(db):
    from tests import world

    return world.build()


def test_an_embargo_ends_by_itself(world_of, look):
    Session.objects.filter(pk=world_of["session"]).update(embargo_until=timezone.now() + timedelta(hours=1))
    path = f"/sessions/{world_of['session']}/"
    assert path not in look(world_of, "attendee", "streets")[1]
    Session.objects.filter(pk=world_of["session"]).update(embargo_until=timezone.now() - timedelta(hours=1))
    assert path in look(world_of, "attendee", "streets")[1]


def test_who_is_banned_from_another_edition_finds_nothing_of_it(world_of, look):
    before = Edition.objects.create(
        name="Before", slug="before", host_city=Edition.objects.get(pk=world_of["edition"]).host_city,
        start_date="2020-01-01", end_date="2020-01-02",
    )  # fmt: skip
    Speaker.objects.create(edition=before, guid="x", name="Xavier Formerly")
    attendee = world_of["people"]["attendee"]
    assert "Formerly" in look(world_of, "attendee", "xavier")[1]
    Ban.objects.create(participant_id=attendee, scope=before.room_key, reason="x")
    assert "Formerly" not in look(world_of, "attendee", "xavier")[1]


def test_people_are_not_in_it(world_of, look):
    """Participants are no speakers: neither their names nor their cities are found, also after they have gone."""
    name = Participant.objects.get(pk=world_of["people"]["attendee"]).name
    assert "0 results" in look(world_of, "organiser", name)[1]
    City.objects.create(name="Lagos", slug="lagos", country="Nigeria", region="africa", private_needs="Secretword")
    assert "0 results" in look(world_of, "organiser", "secretword")[1]
