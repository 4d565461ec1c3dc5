"""The strip of cities: read once for an audience, anew as soon as the edition's room tells of something."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Participant
from sessions import access, status
from sessions.models import Session

pytestmark = pytest.mark.django_db


def test_a_second_page_does_not_ask_again(place, django_assert_max_num_queries):
    client = Client()
    first = client.get(f"/sessions/{place['session']}/")
    with django_assert_max_num_queries(100) as queries:
        again = client.get(f"/sessions/{place['other_session']}/")
    assert "Grids that listen" in first.text and "Streets for people" in again.text
    assert not [query for query in queries if "RowNumber" in query["sql"] or "ROW_NUMBER" in query["sql"]]


def test_a_step_is_in_the_next_page(place):
    client, moderator = Client(), Participant.objects.get(pk=place["people"]["moderator"])
    page = f"/sessions/{place['other_session']}/"
    assert 'class="city-live"' not in client.get(page).text
    for action in ("prepare", "go_live"):
        status.step(place["session"], action, by=moderator)
    assert 'class="city-live"' in client.get(page).text


@pytest.mark.parametrize(
    "settings", [{"visibility": "invited"}, {"embargo_until": timezone.now() + timedelta(hours=9)}]
)
def test_who_may_no_longer_see_it_does_not(place, settings):
    client, organiser = Client(), Participant.objects.get(pk=place["people"]["organiser"])
    page = f"/sessions/{place['other_session']}/"
    assert "Streets for people" in client.get(page).text
    access.change(place["session"], access.Settings(**settings), organiser)
    assert "Streets for people" not in client.get(page).text


def test_what_changed_without_a_word_is_read_in_moments(place, monkeypatch):
    client, page = Client(), f"/sessions/{place['other_session']}/"
    client.get(page)
    Session.objects.filter(pk=place["session"]).update(title="Streets for all")
    monkeypatch.setattr("sessions.strip.LIFETIME", 0.0)
    monkeypatch.setattr("sessions.strip.time.monotonic", lambda: 1e12)
    assert "Streets for all" in client.get(page).text
