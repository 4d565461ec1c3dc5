"""What the panels of a session's page show: read once for all of a role, anew as soon as anything happens."""

import uuid

import pytest
from django.utils import timezone

from chat.models import Message
from live.log import hide
from people.cohorts import NOBODY, cohort_of
from people.models import Participant
from polls.models import Ballot, Option, Poll, Round
from questions.models import Question, State, Upvote
from sessions import panels
from sessions.models import Session
from tests.hybrid.test_shared_pages import drawn, same_connection  # noqa: F401  (on the test's connection)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(place):
    return Session.objects.get(pk=place["session"])


@pytest.fixture
def people(place):
    return {role: Participant.objects.get(pk=pk) for role, pk in place["people"].items()}


def page(session, person=None):
    return drawn(session.get_absolute_url(), cohort_of(person) if person else NOBODY).content.decode()


def ask(session, by):
    asked = {"session": session, "asker": by, "text": "Who pays?", "asked_at": timezone.now(), "state": State.APPROVED}
    pk = uuid.uuid4()
    return Question.objects.create(id=pk, root_id=pk, **asked)


def test_another_cohort_of_the_role_asks_little(session, people, django_assert_max_num_queries):
    Message.send(session, people["attendee"], "Good morning", uuid.uuid4())
    ask(session, people["attendee"])
    page(session)  # the strip is kept as well
    panels.forget()
    with django_assert_max_num_queries(18):
        page(session)
    with django_assert_max_num_queries(7):
        shown = page(session, people["outsider"])
    assert "Good morning" in shown and "Who pays?" in shown


def test_what_is_told_in_the_room_is_in_the_next_page(session, people):
    assert "Good morning" not in page(session)
    Message.send(session, people["attendee"], "Good morning", uuid.uuid4())
    assert "Good morning" in page(session)
    Message.objects.get().remove(people["moderator"])
    assert "Good morning" not in page(session)


def test_an_entry_of_the_log_ends_what_its_own_app_has_read(session, people, django_assert_max_num_queries):
    question = ask(session, people["attendee"])
    page(session)
    Question.objects.filter(pk=question.pk).update(text="Who plants them?")  # of which nobody is told
    Message.send(session, people["attendee"], "Good morning", uuid.uuid4())
    with django_assert_max_num_queries(10):
        shown = page(session)
    assert "Good morning" in shown and "Who pays?" in shown
    hide(session.room_key)
    assert "Who plants them?" in page(session), "of an app without panels: all is read anew"


def test_what_nobody_is_told_of_is_seconds_old(session, people, monkeypatch):
    question = ask(session, people["attendee"])
    page(session)
    Question.objects.filter(pk=question.pk).update(text="Who plants them?")
    monkeypatch.setattr("sessions.panels.LIFETIME", 0.0)
    assert "Who plants them?" in page(session)


def test_what_is_counted_is_read_anew_at_a_touch(session, people):
    question = ask(session, people["attendee"])
    before = page(session)
    Upvote.objects.create(question=question, participant=people["speaker"])
    assert page(session) == before, "nobody was told"
    panels.Touches().touched(session.room_key, "polls.tally", "1")
    assert page(session) == before, "of another app: it says nothing of questions"
    panels.Touches().touched(session.room_key, "questions.votes", str(question.pk))
    assert page(session) != before


def test_what_a_role_alone_sees_is_in_no_page_of_another(session, people):
    poll = Poll.objects.create(session=session, question="Which?", type="single", state="closed", results="never")
    Option.objects.create(poll=poll, text="This", position=1)
    held = Round.objects.create(poll=poll, number=1, opened_at=timezone.now(), closed_at=timezone.now())
    Ballot.objects.create(round=held, participant=people["attendee"], abstained=True)
    for_staff, for_all = page(session, people["moderator"]), page(session)
    mark = f'data-option="{Option.objects.get().pk}"'
    assert mark in for_staff and mark not in for_all


def test_a_person_gets_their_own(session, people, client):
    """What is kept is for cohorts: a page that is drawn for a person has what is theirs."""
    question = ask(session, people["speaker"])
    page(session)
    Upvote.objects.create(question=question, participant=people["attendee"])
    client.force_login(people["attendee"], backend="django.contrib.auth.backends.ModelBackend")
    assert 'aria-pressed="true"' in client.get(session.get_absolute_url()).text
