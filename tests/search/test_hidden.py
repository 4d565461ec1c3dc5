"""What one may not see is no hit, no number and no suggestion; for each role, closed in each way."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from cities.models import Organisation
from collaboration import signing
from collaboration.models import Commitment, Party
from common import clock
from expo.models import Exhibitor
from people.models import Participant
from sessions.models import Edition
from tests.collaboration.conftest import draft_of, organisation_of
from tests.people.hidden import CANARY, MODES, hide


@pytest.fixture(scope="module", params=MODES)
def place(django_db_setup, django_db_blocker, request):
    with django_db_blocker.unblock(), transaction.atomic():
        made = hide(request.param)
        Exhibitor.objects.create(edition_id=made["edition"], name=CANARY, draft={"name": CANARY})
        claim(made)
        yield made
        transaction.set_rollback(True)


def claim(made):
    """Organisations that nobody vouches for (any more), and commitments that not all have signed."""
    over = clock.now() - timedelta(days=1)
    Organisation.objects.create(kind="company", name=CANARY, slug="unverified", website=f"https://{CANARY}.example/")
    Organisation.objects.create(kind="company", name=CANARY, slug="lapsed", level="mail", level_until=over)
    claimed = {"level": "mail", "level_until": over + timedelta(days=9), "is_public": False}
    Organisation.objects.create(kind="company", name=CANARY, slug="claimed", **claimed)
    edition, by = Edition.objects.get(pk=made["edition"]), Participant.objects.get(pk=made["people"]["speaker"])
    lagos, porto = organisation_of("City of Lagos", by), organisation_of("City of Porto")
    draft_of(edition, lagos, title=CANARY)
    signing.propose(draft_of(edition, lagos, title=CANARY).pk, by)
    half = draft_of(edition, lagos, porto, title=CANARY)
    signing.sign(half.pk, lagos, by, signing.propose(half.pk, by).digest, "Mayor")
    assert Commitment.objects.filter(title=CANARY).count() == 3 and Party.objects.count() >= 4


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
    """Drafts, cases in review, organisations that nobody vouches for, commitments that not all have signed, private
    needs, and exhibitors that wait."""
    for role in ("organiser", "speaker", "anonymous"):
        _status, text = look(place, role, CANARY)
        for kind in ("case", "tool", "solution", "city", "exhibitor", "organisation", "commitment"):
            assert f"kind={kind}" not in text, role


def test_a_name_that_is_vouched_for_and_a_promise_that_all_have_signed_are_found(place, look):
    """The test above can fail."""
    with transaction.atomic():
        Organisation.objects.filter(name=CANARY, slug="unverified").update(
            level="mail", level_until=clock.now() + timedelta(days=1)
        )
        by = Participant.objects.get(pk=place["people"]["speaker"])
        proposed = Commitment.objects.filter(title=CANARY, state="signing").latest("made_at")
        porto = Organisation.objects.get(name="City of Porto", commitments=proposed)
        porto.memberships.create(participant=by, role="focal", state="approved")
        signing.sign(proposed.pk, porto, by, proposed.proposed.digest, "Mayor")
        _status, text = look(place, "anonymous", CANARY)
        transaction.set_rollback(True)
    assert "kind=organisation" in text and "kind=commitment" in text
