"""The hall's code: embargo, limits of guests and of wrong codes, and what becomes of guests."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common import clock
from common.registry import registry
from live.models import Event
from people import joining
from people.models import EventCode, Participant, Role
from registration import hall
from sessions.models import Session
from show.data import hall_code
from tests.registration.conftest import join


def test_an_embargoed_session_says_when_and_not_what(place, code):
    Session.objects.filter(pk=place["session"]).update(embargo_until=timezone.now() + timedelta(hours=1))
    for answer in (
        Client().get(reverse("registration:hall", args=[code.code])),
        join(Client(), code),
        Client().post(reverse("registration:find"), {"code": code.code}),
    ):
        assert answer.status_code == 409 and "It opens at" in answer.text and "Streets for people" not in answer.text
    assert not Participant.objects.filter(name="Pau").exists()


def test_who_may_see_it_before_gets_in(place, code, browser):
    Session.objects.filter(pk=place["session"]).update(embargo_until=timezone.now() + timedelta(hours=1))
    assert browser("speaker").get(reverse("registration:hall", args=[code.code])).status_code == 200


def test_a_blocked_name_keeps_the_form(place, code):
    session = Session.objects.get(pk=place["session"])
    session.edition.blocked_terms = "weasel"
    session.edition.save()
    answer = join(Client(), code, "W\u200beasel")
    assert answer.status_code == 422 and 'name="name"' in answer.text and "Choose another name" in answer.text


def test_the_organiser_says_how_many(place, browser):
    path = reverse("registration:code", args=[place["session"]])
    browser().post(path, {"expires_at": "2099-01-01T10:00", "max_guests": "3"})
    assert EventCode.objects.get().max_guests == 3
    wrong = browser().post(path, {"expires_at": "2099-01-01T10:00", "max_guests": "0"})
    assert wrong.status_code == 422 and "field-error" in wrong.text and EventCode.objects.count() == 1
    late = browser().post(path, {"expires_at": "2001-01-01T10:00", "max_guests": "77"})
    assert late.status_code == 409 and 'value="77"' in late.text


def test_revoking_takes_the_guests_along_if_asked(place, code, browser):
    guest = Client()
    join(guest, code)
    pk = guest.session["_auth_user_id"]
    path = reverse("registration:code", args=[place["session"]])
    browser().post(path, {"revoke": "1"})
    assert Role.objects.filter(participant=pk, name="guest").exists()
    browser().post(path, {"revoke": "1", "guests": "1"})
    assert not Role.objects.filter(name="guest").exists()
    room = f"session:{place['session']}"
    assert Event.objects.filter(room__key="revoked", data__room=room).exists()  # open sockets are looked at again


def test_two_thousand_behind_one_address_get_in_at_once(code):
    times, seconds = registry.limits["hall.address"]
    assert times >= 2 * 2000 * 2 and seconds == 60  # each looks and joins, some twice
    for number in range(150):  # more than wrong codes may be
        assert join(Client(), code, f"Guest {number}").status_code == 302


NOW_AND_THEN = [  # status, minutes to the planned end, minutes since it was ended, whether the code opens it
    ("scheduled", 60, None, True),
    ("delayed", -10, None, True),
    ("starting", -10, None, True),
    ("scheduled", -2 * 24 * 60, None, False),
    ("live", -300, None, True),
    ("paused", -300, None, True),
    ("ended", -300, 5, True),
    ("ended", 60, 20, False),
    ("ended", -300, None, False),  # imported as ended: no step says when
    ("on_demand", -300, 5, True),
    ("on_demand", -300, 20, False),
    ("cancelled", 60, None, False),
]


@pytest.mark.parametrize(("state", "left", "ended", "opens"), NOW_AND_THEN)
@pytest.mark.parametrize("own_end", [False, True])
def test_how_long_a_code_works(place, session, state, left, ended, opens, own_end):
    by, now = Participant.objects.get(pk=place["people"]["organiser"]), clock.now()
    code = hall.show(session, now + timedelta(hours=1) if own_end else None, by)
    session.start, session.end = now + timedelta(minutes=left - 45), now + timedelta(minutes=left)
    session.status, session.delayed_start = state, None
    session.save()
    if ended is not None:
        session.status_changes.create(
            action="end", before={}, after={}, by=by, at=now - timedelta(minutes=ended), undone_at=None
        )
    works = opens or own_end
    assert (hall.of(session) is not None) is works
    assert hall_code(session)["code"] == (code.code if works else "")
    assert Client().get(reverse("registration:hall", args=[code.code])).status_code == (200 if works else 404)


def test_a_code_of_a_session_that_overruns_is_made_by_one_click(place, session, browser):
    """The form asks for no end: what it is drawn with is what it takes, also after the planned end."""
    session.start, session.end = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
    session.status = "live"
    session.save()
    page = browser().get(reverse("registration:access", args=[session.pk])).text
    drawn = re.search(r'<input[^>]*name="expires_at"[^>]*>', page)[0]
    assert "value=" not in drawn and "after the session has ended" in page
    assert browser().post(reverse("registration:code", args=[session.pk]), {"expires_at": ""}).status_code == 302
    assert hall.of(session).expires_at is None


def without_end(monkeypatch, action):
    """How often it may be done; the minute does not turn while it is tried."""
    most = registry.limits[action][0]
    monkeypatch.setitem(registry.limits, action, (most, 10**9))
    return most


def test_wrong_codes_are_few(code, monkeypatch):
    limits = (without_end(monkeypatch, f"hall.{who}.wrong") for who in ("device", "devices", "address"))
    most, devices, others = limits
    client = Client()
    client.get(reverse("registration:find"))
    answers = [client.post(reverse("registration:find"), {"code": f"WRONG{number}"}) for number in range(most + 1)]
    assert [one.status_code for one in answers] == [404] * most + [429]
    assert client.get(reverse("registration:hall", args=["WRONG999"])).status_code == 429
    # A day of it, against a hundred codes at a time.
    assert (devices + others) * 60 * 24 * 100 / len(hall.ALPHABET) ** hall.LENGTH < 1e-4


def test_wrong_join_links_are_few_and_right_ones_many(place, monkeypatch):
    most, path = without_end(monkeypatch, "people.join.address.wrong"), reverse("people:join")
    token = joining.token_of(joining.make(Participant.objects.get(pk=place["people"]["attendee"]), "/", None))
    assert all(Client().post(path, {"token": token}).status_code == 200 for _ in range(most + 10))
    assert [Client().post(path, {"token": "x:y"}).status_code for _ in range(most + 1)] == [403] * most + [429]
    assert registry.limits["people.join.address"][0] >= 2 * 2000 * 2


def test_the_access_page_shows_and_takes_invitations(place, browser):
    path, access = (reverse(f"registration:{name}", args=[place["session"]]) for name in ("invitees", "access"))
    wrong = browser().post(path, {"emails": "a@example.org\nnonsense\n\nb@example.org,\n@", "send": "on"})
    assert wrong.status_code == 422 and "Line 2:" in wrong.text and "Line 5:" in wrong.text and "nonsense" in wrong.text
    assert not Participant.objects.filter(email="a@example.org").exists()
    assert browser().post(path, {"emails": "a@example.org\nA@example.org; \nb@example.org"}).status_code == 302
    page = browser().get(access).text
    assert "a@example.org" in page and "b@example.org" in page
    role = Role.objects.get(participant__email="a@example.org")
    browser().post(path, {"take": role.pk})
    assert not Role.objects.filter(participant__email="a@example.org").exists()


def test_invitations_go_out_by_mail(place, browser, mailoutbox):
    browser().post(
        reverse("registration:invitees", args=[place["session"]]),
        {"emails": "a@example.org\nb@example.org", "send": "on"},
    )
    assert [one.to for one in mailoutbox] == [["a@example.org"], ["b@example.org"]]
    assert "/people/join/#" in mailoutbox[0].body


def test_a_wrong_access_form_comes_back(place, browser):
    path = reverse("registration:access", args=[place["session"]])
    answer = browser().post(path, {"visibility": "passes", "embargo_until": "2030-05-05T10:00"})
    assert answer.status_code == 422 and "Choose at least one pass" in answer.text and "2030-05-05T10:00" in answer.text
    assert Session.objects.get(pk=place["session"]).visibility == "public"
