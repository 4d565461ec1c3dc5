"""The permission matrix over HTTP, generated from what the apps declare; no view is outside it."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from common.checks import view_names
from common.registry import registry
from sessions.models import Session
from tests import world
from tests.people.matrix import GUESTS, ROLES, ROWS, asked, fill, held, signed_in

pytestmark = pytest.mark.usefixtures("db")
ELSEWHERE = {
    "platform.operate": "the admin's own addresses: test_admin_pages.py",
    "awards.enter": "by whom the entry is of: tests/awards/test_rights.py",
    "awards.judge": "by members of the jury only: tests/awards/test_rights.py",
    "awards.chair": "by its chair only: tests/awards/test_rights.py",
    **dict.fromkeys(
        ("expo.take_part", "expo.write", "expo.ring", "expo.meet", "expo.moderate"),
        "by visitors and by whose stand it is: tests/expo/test_rights.py",
    ),
    **dict.fromkeys(
        ("networking.ask", "networking.write", "networking.report"),
        "by who is in the directory, by the two of a conversation: tests/networking/test_rights.py",
    ),
    "collaboration.speak": "by whose commitment it is: tests/collaboration/test_rights.py",
    "collaboration.delegate": "by a delegation's focal points: tests/collaboration/test_delegations.py",
    **dict.fromkeys(("cities.view", "cities.write"), "by everybody, by whose it is: tests/cities/test_rights.py"),
    "search.view": "what each finds, role by role: tests/search/test_hidden.py",
    "edition.configure": "a field of questions:configure: tests/questions/test_asking.py",
}


def test_no_view_is_outside_the_matrix():
    open_views = {name for feature in registry.features.values() for name in feature.matrix.open_views}
    ours = {name for name in view_names() if not name.startswith("admin:")}
    assert ours == {name for name, _method in ROWS} | open_views | {"set_language"}
    assert not open_views & {name for name, _method in ROWS}


def test_every_action_is_asserted():
    rooms = {action for feature in registry.features.values() for action in feature.matrix.rooms.values()}
    assert {ask.action for ask in ROWS.values()} | rooms | set(ELSEWHERE) == set(registry.actions)


@pytest.fixture(scope="module")
def place(kept):
    cache.clear()
    return fill(world.build())


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_matrix(place, name, method):
    """Every role asks for the same, each in the same world."""
    action = ROWS[name, method].action
    for role in ROLES:
        arguments, data = asked(place, ROWS[name, method], role)
        with transaction.atomic():
            Session.objects.filter(pk=place["session"]).update(guests_may=GUESTS.get(role, []))
            send = getattr(signed_in(place, role), method)
            response = send(reverse(name, args=arguments), data, headers={"HX-Request": "true"})
            transaction.set_rollback(True)
        assert (response.status_code < 400) == bool(held(role, ROWS[name, method]) & registry.actions[action]), (
            role,
            response.status_code,
        )
        assert response.status_code < 400 or response.status_code in (403, 404), role


def test_no_method_is_outside_the_matrix(place):
    """What a view says it allows is what the matrix asks."""
    client = signed_in(place, "organiser")
    for (name, _method), ask in ROWS.items():
        allow = client.options(reverse(name, args=asked(place, ask)[0])).headers.get("Allow", "any")
        assert {method.strip().lower() for method in allow.split(",")} - {"head"} == {
            method for each, method in ROWS if each == name
        }, name


@pytest.mark.parametrize("role", ["speaker", "moderator"])
def test_a_role_of_one_session_says_nothing_about_another(place, role):
    from people.models import Role

    Role.objects.filter(participant_id=place["people"][role]).update(scope=f"session:{place['other_session']}")
    client = signed_in(place, role)
    address = reverse("sessions:change_status", args=[place["session"]])
    assert client.post(address, {"action": "prepare"}).status_code == 403
    assert client.post(reverse("chat:messages", args=[place["session"]]), {"text": "x"}).status_code == 403


def test_csrf_is_asked_for(place):
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    address = reverse("sessions:change_status", args=[place["session"]])
    assert client.post(address, {"action": "prepare"}).status_code == 403


def test_one_click_entry_is_off_in_production_settings(place, settings):
    from people.models import Participant

    Participant.objects.filter(pk=place["people"]["organiser"]).update(is_demo=True)
    assert settings.DEMO is False
    assert b"Organiser" not in Client().get(reverse("people:enter")).content
    client = Client()
    response = client.post(reverse("people:enter"), {"participant": place["people"]["organiser"]})
    assert response.status_code == 404 and "_auth_user_id" not in client.session


def test_one_click_entry_is_for_demo_participants_only(place, settings):
    settings.DEMO = True
    client = Client()
    assert client.post(reverse("people:enter"), {"participant": place["people"]["organiser"]}).status_code == 404
    assert "_auth_user_id" not in client.session
