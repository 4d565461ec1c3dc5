"""The stage screen: its address opens one session's for whoever has it, until it ends; what it shows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, Participant
from polls.state import step
from questions.state import step as question_step
from sessions.models import Session
from show import address, rooms, running
from show.data import screen_data
from show.models import Show
from tests import world
from tests.people.matrix import signed_in
from tests.polls.conftest import opened
from tests.programs import show

pytestmark = pytest.mark.django_db
ROLES = ["anonymous", "outsider", *world.ROLES, *world.OTHERS]


@pytest.fixture
def place():
    cache.clear()
    return show.prepared()


@pytest.fixture
def session(place):
    return Session.objects.for_display().get(pk=place["session"])


@pytest.fixture
def moderator(place):
    return Participant.objects.get(pk=place["people"]["moderator"])


@pytest.mark.parametrize("visibility", ["public", "registered", "invited"])
def test_who_has_the_address_sees_the_screen_whoever_they_are(place, session, visibility):
    Session.objects.filter(pk=session.pk).update(visibility=visibility)
    key = address.room_key(Show.of(session))
    for role in ROLES:
        client = signed_in(place, role)
        assert client.get(place["screen"]).status_code == 200, role
        assert rooms.viewer(None, key).audiences == frozenset()  # of nobody: only what is everybody's of that room


@pytest.mark.parametrize(
    "forged",
    [
        lambda signed: signed[:-1] + ("A" if signed[-1] != "A" else "B"),
        lambda signed: "999" + signed,
        lambda signed: signed.partition(":")[0],
        lambda signed: signed.replace("-1:", "-2:"),
        lambda signed: Signer(salt="other").sign(signed.partition(":")[0]),
        lambda signed: Signer(salt="show.screen").sign("x-1"),
        lambda signed: Signer(salt="show.screen").sign("99999999999999999999999-1"),
        lambda signed: "\x00",
    ],
)
def test_no_other_address_opens_anything(session, forged):
    signed = address.signed(Show.of(session))
    other = forged(signed)
    assert address.session_of(signed) == session and address.session_of(other) is None
    assert Client().get(reverse("show:screen", args=[other])).status_code == 404
    assert rooms.viewer(None, f"screen:{other}") is None


def test_an_address_is_of_one_session(place, session):
    other = Session.objects.for_display().get(pk=place["other_session"])
    assert address.session_of(address.signed(Show.of(other))) == other
    assert len(address.room_key(Show(session_id=9_999_999, address_number=99))) <= 64  # a room's key


def test_it_ends_for_good_and_another_takes_its_place(place, session, moderator):
    before = address.signed(Show.of(session))
    running.revoke(session, moderator)
    assert Client().get(place["screen"]).status_code == 404 and rooms.viewer(None, f"screen:{before}") is None
    assert address.session_of(address.signed(Show.of(session))) == session
    assert AuditEntry.objects.filter(action="show.revoke").exists()


@pytest.mark.parametrize("role", ROLES)
def test_only_who_runs_the_show_is_told_the_address(place, session, role):
    answer = signed_in(place, role).get(reverse("show:desk", args=[session.pk]))
    is_told = role in ("speaker", "moderator", "organiser", "session_moderator")
    assert (place["screen"] in answer.text) == is_told == (answer.status_code == 200)


def test_it_follows_what_happens(place, session):
    assert screen_data(session)["mode"] == "holding"
    question = show.bring_on_stage(place, "Why?")
    assert screen_data(session)["mode"] == "question"
    poll = opened(session)
    assert screen_data(session)["mode"] == "poll"
    step(poll.pk, "close")
    assert screen_data(session)["mode"] == "question"
    question_step(question, "answer", Participant.objects.get(pk=place["people"]["moderator"]))
    assert screen_data(session)["mode"] == "poll"  # its results stay for a while
    step(poll.pk, "archive")
    assert screen_data(session)["mode"] == "holding"


def test_the_moderator_may_choose_and_nothing_to_show_is_the_holding_screen(place, session):
    opened(session)
    for mode in ("timer", "holding", "poll"):
        show.choose(place, mode)
        assert screen_data(session)["mode"] == mode
    show.choose(place, "question")
    assert screen_data(session)["mode"] == "holding"
    show.choose(place, "")
    assert screen_data(session)["mode"] == "poll"


def test_results_are_on_the_screen_when_they_are_for_it(session):
    poll = opened(session, results="live", screen="revealed")
    assert screen_data(session)["data"]["poll"]["results"] is None
    step(poll.pk, "reveal")
    assert screen_data(session)["data"]["poll"]["results"] is not None


def test_what_comes_next_on_the_stage_is_told_only_if_everybody_may_know(place, session):
    following = world.talk(session.edition, session.stage, "Trees at noon")
    Session.objects.filter(pk=following.pk).update(start=session.end, end=session.end)
    assert screen_data(session)["data"]["following"]["title"] == "Trees at noon"
    Session.objects.filter(pk=following.pk).update(visibility="invited")
    assert screen_data(session)["data"]["following"] is None


@pytest.mark.parametrize(
    ("zone", "end", "is_told"),
    [("America/Bogota", 23, True), ("Europe/Madrid", 22, False), ("Pacific/Auckland", 10, False)],
)
def test_what_follows_is_told_until_the_day_of_the_city_is_over(session, zone, end, is_told):
    """The next one begins an hour and a half after the end: in Madrid after midnight, in Bogotá after that of UTC."""
    session.stage.host_city.timezone = zone
    session.end = datetime(2026, 11, 3, end, tzinfo=UTC)
    following = world.talk(session.edition, session.stage, "Trees at noon")
    begins = session.end + timedelta(minutes=90)
    Session.objects.filter(pk=following.pk).update(start=begins, end=begins + timedelta(hours=1))
    assert (screen_data(session)["data"]["following"] is not None) is is_told


def test_red_comes_after_amber(place, session):
    client = signed_in(place, "moderator")
    path = reverse("show:configure", args=[session.pk])
    assert client.post(path, {"amber": "2", "red": "3"}).status_code == 422
    assert client.post(path, {"amber": "8", "red": "3"}).status_code == 302
    assert (Show.of(session).amber, Show.of(session).red) == (8, 3)
    assert client.post(reverse("show:choose", args=[session.pk]), {"mode": "nonsense"}).status_code == 422
