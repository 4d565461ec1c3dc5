"""The moderator's inbox: what waits in all sessions that one moderates, and in no other."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Participant
from questions.asking import Draft, ask
from questions.models import Question, QuestionSettings
from sessions.models import Session
from tests import world
from tests.people.matrix import signed_in

pytestmark = pytest.mark.django_db
INBOX = "/questions/inbox/"


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    asker = Participant.objects.get(pk=made["people"]["attendee"])
    for name in ("session", "other_session"):
        session = Session.objects.get(pk=made[name])
        QuestionSettings.objects.create(session=session, intake="open")
        ask(session, asker, Draft(f"Why in {name}?"), uuid.uuid4())
        ask(session, asker, Draft(f"Whose in {name}?", anonymous=True), uuid.uuid4())
    return made


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("moderator", {"session", "other_session"}),
        ("organiser", {"session", "other_session"}),
        ("session_moderator", {"session"}),
        ("other_moderator", {"other_session"}),
        ("attendee", set()),
        ("speaker", set()),
    ],
)
def test_each_sees_what_waits_where_they_moderate(place, role, seen):
    text = signed_in(place, role).get(INBOX).text
    assert {name for name in ("session", "other_session") if f"Why in {name}?" in text} == seen
    assert text.count("Anonymous") == len(seen)


def test_others_enter_first():
    answer = Client().get(INBOX)
    assert answer.status_code == 302 and answer.url.startswith("/people/enter/")


def test_a_question_that_is_published_waits_no_longer(place):
    client, question = signed_in(place, "moderator"), Question.objects.get(text="Why in session?")
    data = {"id": f"{question.pk}:{question.version}", "action": "approve"}
    path = reverse("questions:step", args=[place["session"]])
    assert client.post(path, data, headers={"HX-Request": "true"}).status_code == 204
    part = client.get(INBOX, headers={"HX-Request": "true"}).text
    assert "Why in session?" not in part and "Whose in session?" in part and "<html" not in part


def test_many_questions_cost_no_more_queries(place, django_assert_max_num_queries):
    session = Session.objects.get(pk=place["session"])
    client, who = signed_in(place, "moderator"), list(place["people"].values())
    client.get(INBOX)
    for number, asker in enumerate(Participant.objects.filter(pk__in=who)):
        ask(session, asker, Draft(f"Which {number}?"), uuid.uuid4())
    with django_assert_max_num_queries(20):
        assert "Which 1?" in client.get(INBOX).text
