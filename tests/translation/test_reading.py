"""Whether somebody reads in their own language is kept with them: a second device agrees."""

import pytest

from live.own import own_of
from people import account
from people.models import Participant
from tests.people.matrix import signed_in
from translation.models import Reading

pytestmark = pytest.mark.django_db


def said(place, role="attendee"):
    return own_of([(place["people"][role], f"session:{place['session']}")])[0]["translation"]


def choose(place, **fields):
    return signed_in(place, "attendee").post(f"/sessions/{place['session']}/translation/read/", fields)


def test_each_device_is_told_with_its_join(place):
    assert said(place) == {}
    assert choose(place).status_code == 204
    assert said(place) == {"in_my_language": False} and said(place, "speaker") == {}
    choose(place, on="1")
    assert said(place) == {"in_my_language": True}
    assert Reading.objects.count() == 1


def test_the_other_devices_are_told_at_once(place, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr("live.own.doorbell.touch", lambda *what: rung.append(what))
    with django_capture_on_commit_callbacks(execute=True):
        choose(place)
    assert rung == [(f"session:{place['session']}", "own", str(place["people"]["attendee"]))]


def test_it_is_exported_and_forgotten(place):
    choose(place)
    who = Participant.objects.get(pk=place["people"]["attendee"])
    assert account.data_of(who)["reads_in_own_language"] is False
    account.delete(who)
    assert not Reading.objects.exists()
