"""What one may not see is no hit, no number and no suggestion; for each role, closed in each way."""

import re

import pytest
from django.db import transaction

from expo.models import Exhibitor
from tests.people.hidden import CANARY, MODES, hide


@pytest.fixture(scope="module", params=MODES)
def place(django_db_setup, django_db_blocker, request):
    with django_db_blocker.unblock(), transaction.atomic():
        made = hide(request.param)
        Exhibitor.objects.create(edition_id=made["edition"], name=CANARY, draft={"name": CANARY})
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def db(place, django_db_blocker):
    """In place of pytest-django's: one world for all tests of the module."""
    with django_db_blocker.unblock():
        yield


def test_nobody_finds_what_is_not_there_for_them(place, look):
    for role in place["hidden_from"]:
        for typed in (CANARY, CANARY[:4], CANARY[:-1] + "i", f"{CANARY} grids"):
            status, text = look(place, role, typed)
            assert status == (403 if role == "banned" else 200), role
            assert "canary" not in text.lower(), (role, typed)
            assert f"/sessions/{place['session']}/" not in text, role


def test_no_number_tells_of_it(place, look):
    with_it = {}
    for role in ("anonymous", "organiser"):
        _status, text = look(place, role, CANARY)
        with_it[role] = [int(number) for number in re.findall(r"<span>(\d+)</span>", text)]
    assert not with_it["anonymous"] and sum(with_it["organiser"]) >= 2


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
