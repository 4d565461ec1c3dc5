"""Nobody locks a hall out, fills its seats for good, or costs the real guests theirs."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.registry import registry
from people.models import EventCode, Participant, Role
from registration import seats
from registration.models import Arrival
from sessions.models import Session

pytestmark = pytest.mark.django_db
SCRIPT = "198.51.100.66"


@pytest.fixture
def session(place):
    return Session.objects.get(pk=place["session"])


@pytest.fixture
def code(place, session):
    organiser = Participant.objects.get(pk=place["people"]["organiser"])
    end = timezone.now() + timedelta(hours=1)
    Role.objects.filter(name="guest").delete()
    return EventCode.objects.create(
        code="ABCDEFGH", scope=session.room_key, expires_at=end, max_guests=5, made_by=organiser
    )


def join(client, code, name):
    return client.post(reverse("registration:hall", args=[code.code]), {"name": name})


def names(session):
    return set(seats.taken(session).values_list("participant__name", flat=True))


def test_wrong_codes_of_one_device_lock_out_nobody_behind_the_same_address(code):
    vandal, find = Client(), reverse("registration:find")
    vandal.get(find)
    answers = [vandal.post(find, {"code": f"WRONG{number}"}).status_code for number in range(40)]
    assert answers[-1] == 429
    guest = Client()
    guest.get(find)
    assert guest.post(find, {"code": "abcd efgh"}).status_code == 302
    assert join(guest, code, "Pau").status_code == 302


def test_a_script_without_cookies_locks_out_nobody_who_has_one(code, monkeypatch):
    monkeypatch.setitem(registry.limits, "hall.address.wrong", (3, 10**9))
    find = reverse("registration:find")
    guest = Client()
    guest.get(find)
    answers = [Client().post(find, {"code": f"WRONG{number}"}).status_code for number in range(5)]
    assert answers[-1] == 429
    assert guest.post(find, {"code": "ABCDEFGH"}).status_code == 302


def test_a_browser_that_comes_first_while_a_script_guesses_gets_in(code, monkeypatch):
    monkeypatch.setitem(registry.limits, "hall.address.wrong", (3, 10**9))
    find = reverse("registration:find")
    for number in range(5):
        Client().post(find, {"code": f"WRONG{number}"})
    for path in (find, reverse("registration:hall", args=[code.code])):
        assert Client().get(path, follow=True).status_code == 200
    without_cookies = Client().get(find)
    assert Client().get(without_cookies.url).status_code == 429


def test_ids_are_no_way_to_guess_without_end(code, monkeypatch):
    monkeypatch.setitem(registry.limits, "hall.devices.wrong", (6, 10**9))
    find, answers = reverse("registration:find"), []
    for number in range(10):
        script = Client()
        script.get(find)
        answers.append(script.post(find, {"code": f"WRONG{number}"}).status_code)
    assert answers[:6] == [404] * 6 and 429 in answers and 404 not in answers[6:]


@pytest.mark.parametrize("typed", ["ＡＢＣＤＥＦＧＨ", "\u200babcd-efgh", " abcdefgh\ufeff"])
def test_a_code_is_the_code_however_it_is_typed(code, typed):
    assert Client().post(reverse("registration:find"), {"code": typed}).status_code == 302


def test_the_seat_of_who_has_left_is_given_to_the_next(session, code):
    for number in range(5):
        assert join(Client(), code, f"G{number}").status_code == 302
    assert "full" in join(Client(), code, "Late").text
    away = Participant.objects.get(name="G3")
    UserSession.objects.filter(user=away).update(last_seen_at=timezone.now() - seats.IDLE - timedelta(minutes=1))
    assert join(Client(), code, "Late").status_code == 302
    assert names(session) == {"G0", "G1", "G2", "G4", "Late"}


def test_who_watches_by_the_socket_alone_keeps_the_seat(session, code):
    for number in range(5):
        join(Client(), code, f"G{number}")
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))
    seats.here(UserSession.objects.exclude(user__name="G1").values_list("session_key", flat=True))
    assert join(Client(), code, "Late").status_code == 302
    assert names(session) == {"G0", "G2", "G3", "G4", "Late"}


def test_what_a_script_filled_is_removed_and_the_real_guests_stay(place, session, code):
    EventCode.objects.update(max_guests=50)
    join(Client(), code, "Real before")
    for number in range(8):
        join(Client(REMOTE_ADDR=SCRIPT), code, f"Bot {number}")
    join(Client(), code, "Real after")
    organiser = Client()
    organiser.cookies["sessionid"] = place["cookies"]["organiser"]
    page = organiser.get(reverse("registration:access", args=[session.pk])).text
    largest = seats.groups(session)[0]
    assert largest["guests"] == 8 and SCRIPT not in page
    group = f"{largest['place']}/{largest['minute'].isoformat()}"
    assert group in page
    assert organiser.post(reverse("registration:guests", args=[session.pk]), {"group": group}).status_code == 302
    assert names(session) == {"Real before", "Real after"}


@pytest.mark.parametrize("group", ["", "x", "x/y", "x/2026-01-01T10:00:00", "x/\0"])
def test_a_group_that_is_none_is_refused(place, session, group):
    organiser = Client()
    organiser.cookies["sessionid"] = place["cookies"]["organiser"]
    assert organiser.post(reverse("registration:guests", args=[session.pk]), {"group": group}).status_code == 422


def test_arrivals_are_forgotten(session, code):
    join(Client(), code, "Pau")
    Arrival.objects.update(at=timezone.now() - seats.RETENTION - timedelta(days=1))
    seats.purge()
    assert not Arrival.objects.exists() and Role.objects.filter(name="guest", scope=session.room_key).exists()
