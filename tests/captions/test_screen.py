"""Captions on the stage screen: who chooses them, what is shown, and that it has room."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from captions import screen, writing
from captions.models import Track
from live import doorbell
from people.models import AuditEntry
from sessions.models import Session
from show import address
from show.models import Show
from tests import world


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    Session.objects.filter(pk=made["session"]).update(status="live")
    made["en"], made["es"] = (
        Track.objects.create(session_id=made["session"], language=language, name=name)
        for language, name in (("en", "English"), ("es", "Español"))
    )
    return made


def client_of(place, role):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    return client


def choose(place, track, on="1", role="moderator"):
    return client_of(place, role).post(f"/captions/tracks/{track.pk}/screen/", {"on": on} if on else {}).status_code


def band(place):
    """What the page of the stage screen has of captions."""
    session = Session.objects.get(pk=place["session"])
    page = Client().get(address.path(Show.of(session))).text
    return page.partition('class="screen-band"')[2].partition("</p>")[0]


def test_one_track_is_shown_and_another_takes_its_place(place):
    writing.receive(place["en"].pk, 1, "Good morning.\nWho pays")
    writing.receive(place["es"].pk, 1, "Buenos días.\n")
    assert "hidden" in band(place) and "Good morning" not in band(place)
    assert choose(place, place["en"]) == 302
    assert "<span>Good morning.</span> <span>Who pays</span>" in band(place) and "hidden" not in band(place)
    assert choose(place, place["es"]) == 302
    assert "Buenos días." in band(place) and "Good morning" not in band(place)
    assert choose(place, place["es"], on="") == 302
    assert "hidden" in band(place)
    assert AuditEntry.objects.filter(action="captions.screen").count() == 3


@pytest.mark.parametrize("role", ["attendee", "speaker", "other_moderator", "banned"])
def test_only_its_moderators_and_organisers_choose(place, role):
    assert choose(place, place["en"], role=role) in (403, 404)
    assert not Track.objects.filter(on_screen=True).exists()


def test_the_screen_is_told_while_somebody_types_and_of_no_other_track(
    place, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr(doorbell, "touch", lambda key, kind, item: told.append((key, kind, item)))
    choose(place, place["en"])
    for track in (place["es"], place["en"]):
        with django_capture_on_commit_callbacks(execute=True):
            writing.receive(track.pk, 1, "Half a")
    room = address.room_key(Show.of(Session.objects.get(pk=place["session"])))
    assert [each for each in told if each[1] == "captions.screen"] == [(room, "captions.screen", str(place["session"]))]


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["One.", "Two.", "and th"], ["One.", "Two.", "and th"]),
        (["a" * 100, "b" * 100, ""], ["b" * 100]),
        (["x " * 60, "y" * 60], ["y" * 60]),
        (["", ""], []),
    ],
)
def test_what_has_room_is_shown_whole(texts, shown):
    assert screen.fitted(texts) == shown


@given(st.lists(st.text(st.sampled_from("ab 字。é"), max_size=400), max_size=4))
def test_what_is_shown_always_has_room_and_is_the_newest(texts):
    shown = screen.fitted(texts)
    assert sum(screen._width(text) for text in shown) <= screen.ROOM + 2
    kept = [text for text in texts if text]
    assert bool(shown) == bool(kept)
    if shown:
        assert kept[-1].endswith(shown[-1].removeprefix("… "))
