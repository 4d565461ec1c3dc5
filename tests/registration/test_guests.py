"""Who gets in by a hall's code: how many, who not, and that one device is one guest."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from common.registry import registry
from people import account
from people.models import AuditEntry, Ban, EventCode, Participant, Role
from people.refusal import Refused
from registration import device, hall
from tests import world
from tests.live.test_socket import in_thread
from tests.programs import registration
from tests.registration.conftest import join


def guests(session):
    return set(Role.objects.filter(name="guest", scope=session.room_key).values_list("participant__name", flat=True))


def leave(client):
    """Sign out, and keep the device's cookie."""
    client.post(reverse("people:leave"))


def test_a_device_is_one_guest(session, code):
    client = Client()
    join(client, code, "Pau")
    guest = client.session["_auth_user_id"]
    for name in ("Eva", "Pau", "Ivo"):
        leave(client)
        assert join(client, code, name).status_code == 302 and client.session["_auth_user_id"] == guest
    assert guests(session) == {"Guest", "Ivo"}


def test_the_cookie_of_a_device_is_not_made_at_home(place, session, code):
    client = Client()
    client.cookies[device.GUEST] = str(place["people"]["guest"])
    join(client, code, "Pau")
    assert guests(session) == {"Guest", "Pau"}


@pytest.mark.parametrize("goes", [leave, lambda client: account.delete(Participant.objects.get(name="Pau"))])
def test_a_banned_guest_does_not_come_back_by_another_name(session, code, goes):
    client = Client()
    join(client, code, "Pau")
    Ban.objects.create(participant=Participant.objects.get(name="Pau"), scope=session.edition.room_key, reason="x")
    goes(client)
    assert "banned" in join(client, code, "Eva").text and "_auth_user_id" not in client.session
    assert "Eva" not in guests(session)


def test_who_deleted_their_account_may_come_again(session, code):
    client = Client()
    join(client, code, "Pau")
    account.delete(Participant.objects.get(name="Pau"))
    assert join(client, code, "Pau").status_code == 302 and guests(session) == {"Guest", "Pau"}


def test_the_banned_and_those_of_a_full_hall_stay_out_however_they_come(place, browser, session, code):
    assert "banned" in join(browser("banned"), code).text
    EventCode.objects.update(max_guests=1)  # the world has one
    UserSession.objects.create(user_id=place["people"]["guest"], session_key="here", ip="127.0.0.1")
    assert "full" in join(browser("outsider"), code).text
    assert guests(session) == {"Guest"}
    assert not AuditEntry.objects.filter(action="hall.join").exists()


def test_who_takes_part_already_takes_no_seat(place, browser, session, code):
    EventCode.objects.update(max_guests=1)
    assert join(browser("attendee"), code).status_code == 302
    assert guests(session) == {"Guest"}


def test_joining_is_on_record_once(place, browser, session, code):
    client = browser("outsider")
    for _ in range(2):
        join(client, code)
    entry = AuditEntry.objects.get(action="hall.join")
    assert (entry.by_id, entry.scope, entry.details) == (
        place["people"]["outsider"],
        session.room_key,
        {"code": code.pk},
    )


def test_a_code_that_was_revoked_meanwhile_lets_nobody_in(place, session, code):
    found, _session = hall.find(code.code, AnonymousUser())
    hall.revoke(session, Participant.objects.get(pk=place["people"]["organiser"]))
    with pytest.raises(Refused, match="opens nothing"):
        hall.join(found, session, "Pau")
    assert not Participant.objects.filter(name="Pau").exists()


def test_new_guests_of_a_code_are_slowed_down_and_known_ones_not(session, code, monkeypatch):
    monkeypatch.setitem(registry.limits, "hall.join", (2, 60))
    clients = [Client() for _ in range(3)]
    told = [join(client, code, f"G{number}") for number, client in enumerate(clients)]
    assert [answer.status_code == 302 for answer in told] == [True, True, False] and "Too many at once" in told[2].text
    leave(clients[0])
    assert join(clients[0], code, "G0").status_code == 302


def test_a_keynote_gets_in_within_two_minutes():
    times, seconds = registry.limits["hall.join"]
    assert times * (120 / seconds) >= EventCode._meta.get_field("max_guests").default


async def test_no_race_passes_the_limit(stack):
    place = await in_thread(stack.call, world.build)
    values = {"session": place["session"], "organiser": place["people"]["organiser"]}
    assert await in_thread(stack.call, registration.race_into_hall, places=5, **values) == 5
