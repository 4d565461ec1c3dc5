"""The programme page: days, filters, and what htmx is given."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import Session, Theme
from tests import world

pytestmark = pytest.mark.django_db


def get(place, headers=None, **query):
    response = Client().get(reverse("sessions:programme", args=[place["slug"]]), query, headers=headers or {})
    assert response.status_code == 200
    return response.content.decode()


def listed(html):
    """The ids of the sessions on the page's list, in order."""
    return [int(pk) for pk in re.findall(r'id="item-(\d+)"', html)]


def test_filters_narrow_the_list(place):
    session = Session.objects.get(pk=place["session"])
    session.theme = Theme.objects.create(edition=session.edition, name="Mobility", slug="mobility")
    session.save()
    # the day of the session in its own city; Shanghai may be a day ahead
    day = session.local_date.isoformat()
    hits = {"theme": session.theme_id, "stage": session.stage_id, "city": session.stage.host_city_id, "q": "streets"}
    for name, value in hits.items():
        assert session.pk in listed(get(place, day=day, **{name: value})), name
    for name, value in {"q": "zeppelin", "stage": place["other_stage"]}.items():
        assert session.pk not in listed(get(place, day=day, **{name: value})), name


def test_every_word_of_a_search_is_in_the_title_the_abstract_or_a_speakers_name(place):
    """Of one session; Li Ming speaks in the other one than "Grids that listen"."""
    session, other = Session.objects.get(pk=place["session"]), place["other_session"]
    Session.objects.filter(pk=other).update(abstract="On transformers")
    both = {"Li Ming streets": [session.pk], "GRIDS transformers": [other], "Ming grids": [], "%": [], "_": []}
    for words, found in both.items():
        html = get(place, q=words)
        assert listed(html) == found and ("No session matches" in html) == (not found), words


@pytest.mark.parametrize(
    "query",
    [
        {"stage": "9" * 30},
        {"city": "\0"},
        {"q": "\0"},
        {"q": "x" * 101},
        {"theme": "-1"},
        {"strand": "1 OR 1=1"},
    ],
)
def test_hostile_filters_narrow_nothing_and_break_nothing(place, query):
    session = Session.objects.get(pk=place["session"])
    more = world.talk(session.edition, session.stage, "Rivers")
    day = {"day": session.local_date.isoformat()}
    whole = listed(get(place, **day))
    assert {session.pk, more.pk} <= set(whole)
    assert listed(get(place, **day | query)) == whole


@pytest.mark.parametrize("day", ["x", "9999-99-99", "0000-00-00", "\0"])
def test_a_day_that_there_is_not_is_the_present_one(place, day):
    assert listed(get(place, day=day)) == listed(get(place)) != []


def test_htmx_gets_the_list_and_a_restored_page_is_whole(place):
    assert "<html" not in get(place, headers={"HX-Request": "true"})
    assert "<html" in get(place, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})


def test_a_stage_of_another_city_shows_its_own_time(place):
    other = Session.objects.get(pk=place["other_session"])
    html = get(place, day=other.local_date.isoformat(), stage=other.stage_id)
    assert f"{other.start.astimezone(other.zone):%H:%M}" in html


@pytest.mark.parametrize(
    "address", ["/sessions/99999999999999999999999/", "/speakers/0/", "/editions/none/", "/sessions/0/chat/"]
)
def test_what_does_not_exist_is_a_404(place, address):
    assert Client().get(address).status_code == 404
