"""A delegation's agenda: what its people share, and its meetings; for its people and focal points alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agenda.models import Saved
from collaboration import delegating, planned
from collaboration.models import Delegate
from common import clock
from expo.models import Expo, Meeting
from people.access import Visibility
from sessions.models import Session
from tests.collaboration.conftest import delegation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def trip(place):
    """A delegation: the outsider is its focal point, the attendee of it and approved, the partner only nominated."""
    people = place["all"]
    made = delegation_of(place["edition"], place["lagos"], people["outsider"].email)
    for who, state in (("attendee", "approved"), ("partner", "nominated")):
        Delegate.objects.create(delegation=made, name=who, email=people[who].email.upper(), state=state)
        Saved.objects.create(participant=people[who], session=place["at"])
    starts = clock.now() + timedelta(days=1)
    Expo.objects.create(edition=place["edition"])
    fields = {"edition": place["edition"], "delegation": made.pk, "visitor": people["speaker"], "starts_at": starts}
    Meeting.objects.create(**fields, topic="Kerbs and ramps", state="accepted")
    Meeting.objects.create(**fields, topic="Not agreed", state="requested")
    Meeting.objects.create(**fields | {"delegation": made.pk + 1}, topic="Of others", state="accepted")
    return place | {"delegation": made, "page": reverse("collaboration:agenda", args=[made.pk])}


def client(place, who):
    made = Client()
    if who != "anonymous":
        made.cookies["sessionid"] = place["cookies"][who]
    return made


def shared(trip):
    delegate = Delegate.objects.get(delegation=trip["delegation"], name="attendee")
    planned.share(delegate, True)
    return delegate


def test_only_its_people_and_focal_points_have_it(trip):
    for who in ("anonymous", *trip["cookies"]):
        answer = client(trip, who).get(trip["page"])
        if who in ("outsider", "attendee"):
            assert answer.status_code == 200 and "Kerbs and ramps" in answer.text, who
            assert "Not agreed" not in answer.text and "Of others" not in answer.text
        else:
            assert answer.status_code in (403, 404) and "Kerbs" not in answer.text, who


def test_what_one_saved_counts_only_when_one_shares_it(trip):
    focal, own = client(trip, "outsider"), client(trip, "attendee")
    assert "saved by" not in focal.get(trip["page"]).text
    share = reverse("collaboration:share", args=[trip["delegation"].pk])
    assert focal.post(share, {"on": "1"}).status_code == 404, "nobody shares for others"
    assert own.post(share, {"on": "1"}).status_code == 302
    assert "saved by 1 of you" in " ".join(focal.get(trip["page"]).text.split())
    assert own.post(share, {}).status_code == 302
    assert "saved by" not in focal.get(trip["page"]).text
    assert client(trip, "partner").post(share, {"on": "1"}).status_code in (403, 404), "only nominated"


def test_who_leaves_takes_what_they_saved_along(trip):
    delegate = shared(trip)
    assert planned.saved(trip["delegation"])
    feed = reverse("collaboration:feed", args=[planned.address(trip["delegation"], trip["all"]["attendee"])])
    assert trip["at"].title in Client().get(feed).text
    delegating.take(delegate.pk, "withdraw", trip["all"]["outsider"], False)
    assert not planned.saved(trip["delegation"])
    assert Client().get(feed).status_code == 404
    assert client(trip, "attendee").get(trip["page"]).status_code == 404


def test_what_somebody_may_not_see_is_in_neither_page_nor_calendar(trip):
    shared(trip)
    Session.objects.filter(pk=trip["session"]).update(visibility=Visibility.INVITED, title="Xk7canary")
    feeds = [reverse("collaboration:feed", args=[planned.address(trip["delegation"], trip["all"]["outsider"])])]
    for path in (trip["page"], *feeds):
        assert "Xk7canary" not in client(trip, "outsider").get(path).text


def test_the_calendar_has_sessions_and_meetings(trip):
    shared(trip)
    path = reverse("collaboration:feed", args=[planned.address(trip["delegation"], trip["all"]["outsider"])])
    answer = Client().get(path)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    text = answer.text.replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2 and "Kerbs and ramps" in text and trip["at"].title in text
    assert "Referrer-Policy" in answer.headers
    for signed in ("1-1:xxxx", path.split("/")[-1][:-5] + "x"):
        assert Client().get(reverse("collaboration:feed", args=[signed])).status_code == 404


def test_it_takes_few_queries(trip, django_assert_max_num_queries):
    shared(trip)
    visitor = client(trip, "outsider")
    with django_assert_max_num_queries(20):
        visitor.get(trip["page"])
