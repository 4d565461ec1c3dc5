"""The audience hears when a session on air will really end before its promised end has passed, live and on pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from live.models import Event
from sessions import status
from sessions.rows import at, draw, rows_of
from show import running
from tests.show.conftest import minutes

pytestmark = pytest.mark.django_db


def words(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html))


def state_of(session):
    """The line of its times on the session's page."""
    page = Client().get(session.get_absolute_url()).text
    return re.search(r'<p class="when">.*?</p>', page, re.DOTALL)[0]


def test_a_late_session_on_air_says_when_it_will_end_beside_the_struck_end(congress, now):
    first, zone = congress["row"][0], congress["stage"].host_city.timezone
    ends = now + minutes(27)  # begun at -18 of 45 minutes, promised until +15
    row = rows_of([first.pk])[0]
    assert row["ends"] == ends.isoformat()
    struck, new = at(row["finishes"], zone), at(row["ends"], zone)
    assert f"–<s>{struck}</s>" in state_of(first) and f"–{struck} {new}" in words(state_of(first))
    assert f'data-until="{row["ends"]}"' in state_of(first)
    drawn = draw(row, zone)
    assert f'<s data-at="{row["finishes"]}">{struck}</s>' in drawn and f'data-at="{row["ends"]}">{new}<' in drawn
    programme = Client().get(reverse("sessions:programme", args=[first.edition.slug])).text
    live = re.search(r'id="live-now".*?</section>', programme, re.DOTALL)[0]
    assert f"until {struck} {new}" in words(live) and f'data-local="{row["ends"]}"' in live


def test_minutes_that_a_caller_gives_reach_the_pages_at_once(congress, now):
    first, by = congress["row"][0], congress["people"]["organiser"]
    last = Event.objects.latest("pk").pk
    running.extend(first, 5, by)
    told = Event.objects.filter(pk__gt=last)
    ends = (now + minutes(32)).isoformat()
    assert told.get(kind="sessions.status").data["item"]["ends"] == ends
    item = next(event.data["item"] for event in told.filter(kind="sessions.on_air") if event.data["item"])
    assert item["ends"] == ends and ends in str(told.filter(kind="sessions.on_air").first().data["cities"])


def test_what_follows_and_keeps_its_start_gives_the_promised_end_back(congress, now):
    first, second = congress["row"][:2]
    last = Event.objects.latest("pk").pk
    running.set_cue(second, "hard", 1, congress["people"]["organiser"])
    assert rows_of([first.pk])[0]["ends"] == "" and "<s>" not in state_of(first)
    assert Event.objects.get(pk__gt=last, kind="sessions.status").data["item"]["ends"] == ""


def test_two_minutes_are_not_worth_telling(congress, now):
    first = congress["row"][0]
    running.extend(first, -10, congress["people"]["organiser"])  # +17 instead of +15
    assert rows_of([first.pk])[0]["ends"] == ""


def test_what_is_not_on_air_says_the_promised_end(congress, now):
    first, second = congress["row"][:2]
    running.extend(second, 20, congress["people"]["organiser"])
    status.step(first.pk, "end", congress["people"]["organiser"])
    assert [row["ends"] for row in rows_of([first.pk, second.pk])] == ["", ""]
