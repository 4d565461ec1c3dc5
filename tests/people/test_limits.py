"""Too often is told (429), and the next person is let in."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from common.registry import registry
from people import joining, limits
from people.models import Participant
from tests.people.test_joining import code  # noqa: F401

pytestmark = pytest.mark.usefixtures("db")
TIMES = 2


@pytest.fixture(autouse=True)
def few(monkeypatch):
    cache.clear()
    for action in registry.limits:
        monkeypatch.setitem(registry.limits, action, (TIMES, 3600))
    yield
    cache.clear()


def statuses(send):
    return [send().status_code for _time in range(TIMES + 1)]


def join(token):
    return Client().post(reverse("people:join"), {"token": token})


def test_join_links_are_not_guessed(place):  # noqa: F811
    assert statuses(lambda: join("false")) == [403] * TIMES + [429]
    link = joining.make(Participant.objects.get(pk=place["people"]["attendee"]), "/", None)
    assert join(joining.token_of(link)).status_code == 429


def test_one_who_guesses_join_links_does_not_lock_the_hall_out(place):  # noqa: F811
    statuses(lambda: join("false"))
    link = joining.make(Participant.objects.get(pk=place["people"]["attendee"]), "/", None)
    browser = Client()
    assert browser.get(reverse("people:join")).status_code == 200
    assert browser.post(reverse("people:join"), {"token": joining.token_of(link)}).status_code == 200
    assert statuses(lambda: browser.post(reverse("people:join"), {"token": "false"}))[-1] == 429


@pytest.mark.parametrize("typed", ["wrong", "AAAABBBB"])
def test_codes_of_the_hall_are_not_guessed(place, typed):  # noqa: F811
    assert statuses(lambda: Client().post(reverse("registration:find"), {"code": typed}))[-1] == 429


def test_a_code_in_the_address_is_not_guessed(place):  # noqa: F811
    address = reverse("registration:hall", args=["AAAABBBB"])
    assert statuses(lambda: Client().get(address)) == [404] * TIMES + [302]  # to the same with an id
    assert Client().get(f"{address}?device=1").status_code == 429


def test_a_hall_is_not_filled_by_one_address(place, code):  # noqa: F811
    address = reverse("registration:hall", args=[code.code])
    before = Participant.objects.filter(is_guest=True).count()
    assert statuses(lambda: Client().post(address, {"name": "Pau"}))[-1] == 429
    assert Participant.objects.filter(is_guest=True).count() <= before + TIMES


@pytest.mark.parametrize(
    ("name", "method", "data"),
    [
        ("account", "post", {"name": ""}),
        ("handover", "post", {}),
        ("delete", "post", {"name": "Somebody"}),
        ("download", "get", {}),
    ],
)
def test_the_account_is_limited_by_person(place, name, method, data):  # noqa: F811
    clients = {role: Client() for role in ("attendee", "speaker")}
    for role, client in clients.items():
        client.cookies["sessionid"] = place["cookies"][role]
    address = reverse(f"people:{name}")
    found = statuses(lambda: getattr(clients["attendee"], method)(address, data))
    assert found[-1] == 429 and 429 not in found[:-1]
    assert getattr(clients["speaker"], method)(address, data).status_code == found[0]
    assert clients["attendee"].get(reverse("people:account")).status_code == 200  # reading goes on


def test_one_click_entry_is_limited(place, settings):  # noqa: F811
    settings.DEMO = True
    assert statuses(lambda: Client().post(reverse("people:enter"), {"participant": "0"})) == [404] * TIMES + [429]


@pytest.mark.parametrize(
    ("name", "role", "argument", "data"),
    [
        ("registration:people", "organiser", "slug", None),
        ("registration:invite", "organiser", "slug", {"email": "no"}),
        ("registration:access", "organiser", "session", {"visibility": "no"}),
        ("registration:code", "organiser", "session", {"expires_at": "no"}),
    ],
)
def test_writes_of_the_desk_are_limited_and_reading_is_not(place, name, role, argument, data):  # noqa: F811
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    address = reverse(name, args=[place[argument]])
    found = statuses(lambda: client.get(address) if data is None else client.post(address, data))
    assert found == ([200] * (TIMES + 1) if data is None else [422] * TIMES + [429])


def test_a_cache_that_is_away_stops_nobody_and_is_not_asked_again_and_again(monkeypatch):
    asked = []

    class Away:
        def count_many(self, key, *_args, **_options):
            asked.append(key)
            raise ConnectionError("refused")

        get = count_many

    monkeypatch.setattr(limits, "_away_until", 0.0)
    monkeypatch.setattr(limits, "cache", Away())
    assert [limits.retry_after("chat.send", 1) for _ in range(100)] == [0] * 100 and len(asked) == 1
    limits.count_try("people.join.address", "1.2.3.4")
    monkeypatch.setattr(limits, "_away_until", 0.0)
    assert limits.retry_after("chat.send", 1) == 0 and len(asked) == 2


def test_others_do_not_push_a_count_out():
    """Without Redis counts are this process's: thousands of others leave them be."""
    assert [limits.retry_after("people.join.address", "somebody") for _ in range(TIMES)] == [0] * TIMES
    for number in range(5000):
        limits.retry_after("people.join.address", f"other-{number}")
    assert limits.retry_after("people.join.address", "somebody") > 0
