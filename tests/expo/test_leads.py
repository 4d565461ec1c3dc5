"""Badges and leads: what a scan gives, once; what is taken back is gone; what is kept of a person."""

import uuid
from datetime import timedelta

import pytest

from common import clock
from expo import numbers, scanning, talking
from expo.models import Badge, Lead, Member, StandMessage, Talk, Visit
from expo.scanning import Scan, scan
from people import account
from people.refusal import Refused
from tests.expo.conftest import visitor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(place):
    who = place["all"]["attendee"]
    type(who).objects.filter(pk=who.pk).update(organisation="Lagos Trust", job_title="Planner", country="Nigeria")
    return scanning.badge_of(place["edition_row"], who)


def scanned(place, badge, **given):
    what = Scan(**{"code": badge.code, "client_id": uuid.uuid4()} | given)
    return scan(place["exhibitor"], place["all"]["staff"], what)


def test_a_scan_gives_the_fields_of_that_moment(place, badge):
    scanning.give(badge, ["organisation", "nonsense"])
    badge.refresh_from_db()
    lead = scanned(place, badge, rating=4, tags="trams")
    scanning.give(badge, ["email"])
    lead = scanning.leads_of(place["exhibitor"]).get()
    assert scanning.told(lead) == {"name": "Attendee", "organisation": "Lagos Trust"}


@pytest.mark.parametrize("typed", ["{}", "https://congress.example/expo/badges/{}/", " {}\n", "{lower}"])
def test_a_code_is_read_however_it_comes(badge, typed):
    assert scanning.code_in(typed.format(badge.code, lower=badge.code.lower())) == badge.code


def test_a_repeat_is_one_lead_and_keeps_what_was_noted(place, badge):
    at = clock.now() - timedelta(hours=2)
    first = scanned(place, badge, at=at, note="Asked about kerbs", rating=3)
    scanned(place, badge, client_id=first.client_id, at=at)
    lead = Lead.objects.get()
    assert (lead.note, lead.rating, lead.scanned_at) == ("Asked about kerbs", 3, at)
    assert lead.uploaded_at > at, "when it was scanned and when it came are two times"


def test_a_clock_that_cannot_be_is_not_believed(place, badge):
    assert abs(scanned(place, badge, at=clock.now() + timedelta(days=1)).scanned_at - clock.now()).seconds < 5


def test_another_code_ends_the_old_one(place, badge):
    scanning.rotate(badge)
    with pytest.raises(Refused):
        scanned(place, badge)
    badge.refresh_from_db()
    assert scanned(place, badge).pk


def test_wrong_codes_have_a_limit(place, badge):
    for _ in range(20):
        with pytest.raises(Refused):
            scanned(place, badge, code="ABCDEFGHJKLM")
    with pytest.raises(Refused) as refused:
        scanned(place, badge)
    assert refused.value.status == 429


def test_what_is_taken_back_is_gone_and_does_not_come_again_from_an_outbox(place, badge):
    who, at = place["all"]["attendee"], clock.now() - timedelta(minutes=5)
    lead = scanned(place, badge, at=at, note="Xk7canary", tags="Xk7canary")
    scanning.take_back(who, lead.pk)
    assert not scanning.leads_of(place["exhibitor"]).exists()
    assert "Xk7canary" not in scanning.leads_csv(place["exhibitor"]) + str(list(Lead.objects.values()))
    with pytest.raises(Refused):
        scanned(place, badge, client_id=lead.client_id, at=at)
    with pytest.raises(Refused):
        scanned(place, badge, at=at)  # another device of the team, before it was taken back
    assert scanned(place, badge).withdrawn_at is None, "who shows the badge again agrees again"


def test_after_a_day_it_stays(place, badge):
    lead = scanned(place, badge)
    Lead.objects.update(uploaded_at=clock.now() - scanning.TAKEN_BACK_WITHIN)
    with pytest.raises(Refused, match="24 hours"):
        scanning.take_back(place["all"]["attendee"], lead.pk)


def test_nobody_takes_back_what_is_anothers(place, badge):
    lead = scanned(place, badge)
    with pytest.raises(Refused):
        scanning.take_back(place["all"]["rival"], lead.pk)


def test_cells_are_no_formulas(place, badge):
    scanned(place, badge, note="=cmd|' /C calc'!A0")
    assert "'=cmd" in scanning.leads_csv(place["exhibitor"])


def test_small_groups_are_not_told(place):
    for number in range(4):
        Visit.objects.create(exhibitor=place["exhibitor"], participant=visitor_of(place, f"v{number}"))
    assert numbers.numbers(place["exhibitor"])["visits"] == "fewer than 5"
    Visit.objects.create(exhibitor=place["exhibitor"], participant=visitor_of(place, "v5"))
    assert numbers.numbers(place["exhibitor"])["visits"] == "5"
    assert '"fewer than 5"' not in numbers.overview_csv(place["edition_row"]).splitlines()[1]


def test_all_of_it_is_in_the_download_and_goes_with_the_account(place, badge):
    who, exhibitor = place["all"]["attendee"], place["exhibitor"]
    scanned(place, badge)
    talk = talking.ring(exhibitor, who, "Xk7talk", uuid.uuid4(), staffed=True)
    talking.take(talk.pk, place["all"]["staff"])
    talking.write(exhibitor, talk, place["all"]["staff"], "Answer", uuid.uuid4())
    talking.write(exhibitor, None, who, "Xk7line", uuid.uuid4())
    told = str(account.data_of(who))
    assert "Xk7talk" in told and "Xk7line" in told and "expo_scans_of_me" in told
    account.delete(who)
    for model in (Lead, Badge, Talk, StandMessage):
        assert not model.objects.exists(), model
    staff = place["all"]["staff"]
    account.delete(staff)
    assert not Member.objects.filter(email=staff.email).exists()
