"""Personal join links and the hall's code."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import joining
from people.models import AuditEntry, EventCode, Participant, Role
from people.refusal import Refused
from registration import hall
from sessions.models import Session

pytestmark = pytest.mark.usefixtures("db")


def link_of(place, role="attendee", **changes):
    made = joining.make(Participant.objects.get(pk=place["people"][role]), f"/sessions/{place['session']}/", None)
    for name, value in changes.items():
        setattr(made, name, value)
    made.save()
    return made


def test_a_link_signs_in_and_leads_on(place):
    link, client = link_of(place), Client()
    token = joining.token_of(link)
    looked = client.post(reverse("people:join"), {"token": token}, headers={"HX-Request": "true"})
    assert "Join as Attendee" in looked.text and "_auth_user_id" not in client.session
    assert looked.headers["Referrer-Policy"] == "same-origin"
    joined = client.post(reverse("people:join"), {"token": f"http://localhost/people/join/#{token}", "go": "1"})
    assert joined.url == link.path and client.session["_auth_user_id"] == str(place["people"]["attendee"])
    assert token not in joined.url


@pytest.mark.parametrize(
    "changes",
    [{"expires_at": timezone.now() - timedelta(seconds=1)}, {"revoked_at": timezone.now()}],
    ids=["ended", "revoked"],
)
def test_links_end(place, changes):
    client = Client()
    answer = client.post(reverse("people:join"), {"token": joining.token_of(link_of(place, **changes)), "go": "1"})
    assert answer.status_code == 403 and "_auth_user_id" not in client.session


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_a_link_that_does_not_open_says_so_in_its_place_with_the_next_step(place, htmx):
    gone = joining.token_of(link_of(place, once=True, used_at=timezone.now()))
    for token, told in ((gone, "opens once"), ("garbage", "not valid")):
        answer = Client().post(reverse("people:join"), {"token": token}, headers=htmx)
        assert answer.status_code == 403 and told in answer.text and "Send me a code" in answer.text
        assert token not in answer.text and ("<html" in answer.text) == (not htmx)


@pytest.mark.parametrize("forge", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "", lambda t: "x:y"])
def test_forged_links_open_nothing(place, forge):
    with pytest.raises(Refused):
        joining.read(forge(joining.token_of(link_of(place))))
    with pytest.raises(Refused):  # another participant's id under this signature
        joining.read(f"{link_of(place, 'organiser').pk.hex}:{joining.token_of(link_of(place)).partition(':')[2]}")


def test_operators_get_no_link_and_old_ones_stop(place):
    link = link_of(place)
    Participant.objects.filter(pk=link.participant_id).update(is_staff=True)
    with pytest.raises(Refused):
        joining.read(joining.token_of(link))
    with pytest.raises(Refused):
        joining.make(Participant.objects.get(pk=link.participant_id), "/", None)


@pytest.fixture
def code(place):
    session = Session.objects.get(pk=place["session"])
    by = Participant.objects.get(pk=place["people"]["organiser"])
    return hall.show(session, timezone.now() + timedelta(hours=1), by)


def test_a_name_makes_a_guest_of_one_session(place, code):
    client = Client()
    found = client.post(reverse("registration:find"), {"code": f"{code.code[:4].lower()}-{code.code[4:]}"})
    assert found.url == reverse("registration:hall", args=[code.code])
    joined = client.post(found.url, {"name": "Pau"})
    guest = Participant.objects.get(name="Pau")
    assert joined.url == f"/sessions/{place['session']}/" and client.session["_auth_user_id"] == str(guest.pk)
    assert guest.is_guest and guest.email is None
    assert list(guest.roles.values_list("name", "scope")) == [("guest", f"session:{place['session']}")]


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200b", "\u202e", "x" * 81])
def test_a_guest_needs_a_readable_name(place, code, name):
    answer = Client().post(reverse("registration:hall", args=[code.code]), {"name": name})
    assert answer.status_code == 422 and not Participant.objects.filter(is_guest=True).exclude(name="Guest").exists()


def test_codes_end_and_are_replaced(place, code):
    session, by = Session.objects.get(pk=place["session"]), Participant.objects.get(pk=place["people"]["organiser"])
    newer = hall.show(session, timezone.now() + timedelta(hours=1), by)
    with pytest.raises(Refused):
        hall.find(code.code, AnonymousUser())
    EventCode.objects.filter(pk=newer.pk).update(expires_at=timezone.now())
    with pytest.raises(Refused):
        hall.find(newer.code, AnonymousUser())
    assert AuditEntry.objects.filter(action="hall.code").count() == 2


def test_a_full_hall_and_a_blocked_name_are_told(place, code):
    EventCode.objects.filter(pk=code.pk).update(max_guests=1)  # the world has one already
    UserSession.objects.create(user_id=place["people"]["guest"], session_key="here", ip="127.0.0.1")
    answer = Client().post(reverse("registration:hall", args=[code.code]), {"name": "Pau"})
    assert answer.status_code == 409 and "full" in answer.text and 'value="Pau"' in answer.text
    assert Role.objects.filter(name="guest").count() == 1


def test_whoever_is_signed_in_joins_as_who_they_are(place, code):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["outsider"]
    client.post(reverse("registration:hall", args=[code.code]))
    assert Role.objects.filter(participant=place["people"]["outsider"], name="guest").exists()
