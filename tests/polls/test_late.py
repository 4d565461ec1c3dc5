"""Late answers: where the organisers allow them, once each, counted apart, never in what the hall said."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from common.registry import registry
from polls import exchange, late
from polls.models import LATE, Ballot, LateAnswers, Participation, Poll, Round
from polls.replaying import late_between, late_total
from polls.state import step
from polls.tally import tally
from sessions.models import Session
from tests.people.matrix import GUESTS, HELD, ROLES, signed_in
from tests.polls.conftest import answered, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(session, crowd):
    """A closed poll of a session on demand that takes late answers; three of the hall said yes."""
    made = opened(session, results="live")
    answered(made, crowd[:3], option=[0])
    step(made.pk, "close")
    return published(made)


def published(poll, allowed=True):
    Session.objects.filter(pk=poll.session_id).update(status="on_demand")
    if allowed:
        LateAnswers.objects.create(session_id=poll.session_id)
    return Poll.objects.select_related("session").get(pk=poll.pk)


def yes(poll, at=0):
    return {"option": list(poll.options.values_list("pk", flat=True))[at]}


def test_a_late_answer_is_counted_apart_and_not_in_the_result_of_the_hall(poll, http):
    answer = http("attendee", "late", poll.pk, **yes(poll, 1))
    assert answer.status_code == 200 and "counted, apart" in answer.text and "1 late answer" in answer.text
    assert [row["count"] for row in tally(poll, poll.round)["rows"]] == [3, 0, 0]
    assert [row["count"] for row in late.counted([poll])[0]["rows"]] == [0, 1, 0]
    assert poll.round.number == 1
    page = Client().get(f"/sessions/{poll.session_id}/").text
    assert "3 answers" in page and "1 late answer" in page
    step(poll.pk, "again")
    assert Poll.objects.get(pk=poll.pk).round.number == 2, "a new round is of the hall"


@pytest.mark.parametrize("role", ROLES)
def test_who_may_answer_polls_may_answer_later(poll, place, role):
    Session.objects.update(guests_may=GUESTS.get(role, []))
    place["cookies"] |= dict.fromkeys(GUESTS, place["cookies"]["guest"])
    answer = signed_in(place, role).post(reverse("polls:late", args=[poll.pk]), yes(poll))
    may = bool(HELD[role] & registry.actions["polls.vote"])
    assert (answer.status_code < 400) == may, answer.status_code
    assert late.counted([poll])[0]["ballots"] == may


def test_nobody_answers_twice_nor_who_has_answered_in_the_hall(poll, http, place):
    assert http("attendee", "late", poll.pk, **yes(poll)).status_code == 200
    again = http("attendee", "late", poll.pk, **yes(poll, 1))
    assert again.status_code == 409 and "answered already" in again.text
    other = opened(Session.objects.get(pk=place["session"]), question="Other?")
    answered(other, [place["people"]["speaker"]], option=[0])
    step(other.pk, "close")
    assert http("speaker", "late", other.pk, **yes(other)).status_code == 409
    assert Round.objects.filter(number=LATE).count() == 1 and late.counted([poll])[0]["ballots"] == 1


@pytest.mark.parametrize("change", ["not allowed", "not on demand", "open", "archived", "sealed", "quiz", "text"])
def test_where_it_is_not_allowed_it_is_refused_in_words_and_not_offered(session, crowd, http, change):
    kind = change if change in ("quiz", "text") else "single"
    made = opened(session, type=kind)
    if change != "open":
        step(made.pk, "close")
    if change == "archived":
        step(made.pk, "archive")
    published(made, allowed=change != "not allowed")
    Poll.objects.filter(pk=made.pk).update(sealed=change == "sealed")
    if change == "not on demand":
        Session.objects.update(status="ended")
    sent = {"text": "Because"} if kind == "text" else yes(made)
    answer = http("attendee", "late", made.pk, **sent)
    assert answer.status_code == 409 and "no late answers" in answer.text
    assert reverse("polls:late", args=[made.pk]) not in Client().get(f"/sessions/{session.pk}/").text
    assert not Ballot.objects.exists()


def test_it_is_offered_where_it_is_allowed(poll):
    assert reverse("polls:late", args=[poll.pk]) in Client().get(f"/sessions/{poll.session_id}/").text


@pytest.mark.parametrize("sent", [{}, {"option": "999999"}, {"option": "x"}, {"abstain": "1"}])
def test_what_is_no_answer_is_refused_and_nothing_is_stored(poll, http, sent):
    assert http("attendee", "late", poll.pk, **sent).status_code == 409
    assert not Round.objects.filter(number=LATE).exists()


def test_an_anonymous_late_answer_keeps_nothing_of_whose_it_is(session, http, place):
    made = opened(session, anonymous=True)
    step(made.pk, "close")
    published(made)
    assert http("attendee", "late", made.pk, **yes(made)).status_code == 200
    ballot = Ballot.objects.get()
    assert (ballot.participant, ballot.token, ballot.elapsed) == (None, None, None)
    assert Participation.objects.get().participant_id == place["people"]["attendee"]
    assert http("attendee", "late", made.pk, **yes(made)).status_code == 409


@pytest.mark.parametrize("results", ["never", "closed"])
def test_what_they_say_is_shown_to_who_sees_the_result_of_the_hall(session, http, results):
    made = opened(session, results=results)
    step(made.pk, "close")
    published(made)
    text = http("attendee", "late", made.pk, **yes(made)).text
    assert "1 late answer" in text and ("bars" in text) == (results == "closed")


def test_they_come_afterwards_counted_apart(poll, http):
    session = Session.objects.get(pk=poll.session_id)
    http("attendee", "late", poll.pk, **yes(poll))
    http("speaker", "late", poll.pk, **yes(poll))
    ended = poll.round.closed_at
    assert late_total(session, ended, None) == 2
    (shown,) = late_between(session, ended, None, 10)
    assert shown.data["late_ballots"] == 2 and shown.data["results"]["rows"][0]["count"] == 2
    assert late_total(session, poll.round.opened_at, ended) == 0


def test_exports_call_them_late(poll, http):
    http("attendee", "late", poll.pk, **yes(poll))
    session = Session.objects.get(pk=poll.session_id)
    rounds = json.loads(exchange.as_json(session))["rounds"]
    assert sorted((each["late"], each["ballots"]) for each in rounds) == [(False, 3), (True, 1)]
    assert '"late","1"' in exchange.as_csv(session)


@pytest.mark.parametrize("role", ["attendee", "speaker", "moderator", "session_moderator", "organiser"])
def test_only_organisers_allow_them_and_take_that_back(session, place, role):
    path = reverse("polls:allow_late", args=[session.pk])
    may = role == "organiser"
    assert signed_in(place, role).post(path, {"on": "1"}).status_code == (302 if may else 403)
    assert LateAnswers.objects.exists() == may
    if may:
        assert signed_in(place, role).post(path).status_code == 302 and not LateAnswers.objects.exists()
