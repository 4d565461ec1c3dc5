"""Polls and questions of the moment stand in the chat's flow, where they began, and say what is now."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from chat.models import Card, Message
from live.log import between
from live.models import Room
from people.models import Participant
from polls.prepare import Choice, save
from polls.state import open_now, step
from questions.models import QuestionSettings
from questions.state import step as question_step
from sessions.models import Session
from tests.programs.questions import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(place):
    return Session.objects.select_related("edition").get(pk=place["session"])


@pytest.fixture
def poll(session):
    return save(session, {"type": "single", "question": "Trams or <b>buses?"}, [Choice("Trams"), Choice("Buses")])


def say(place, session, text):
    Message.send(session, Participant.objects.get(pk=place["people"]["attendee"]), text, uuid.uuid4())


def page(session, **query):
    return Client().get(reverse("chat:messages", args=[session.pk]), query).content.decode()


def pushed(session):
    """What the cards of the log say now, and to whom."""
    events = between(session.room_key, 0, Room.objects.get(key=session.room_key).head)
    return [
        (each.audience, each.shown["text"] and str(each.shown["label"])) for each in events if each.kind == "chat.card"
    ]


def test_a_poll_stands_where_it_was_opened_and_says_when_it_is_closed(place, session, poll):
    say(place, session, "before")
    assert "card-" not in page(session)
    poll = open_now(poll.pk)
    say(place, session, "after")
    shown = page(session)
    assert shown.index("before") < shown.index("Trams or &lt;b&gt;buses?") < shown.index("after")
    assert pushed(session) == [("everyone", "Poll")]
    step(poll.pk, "close")
    assert pushed(session) == [("everyone", "Poll, closed")] * 2  # one card, drawn anew
    seq = Card.objects.get().seq
    open_now(poll.pk)
    assert Card.objects.get().seq > seq and page(session).index("after") < page(session).index("Trams")


def test_what_is_not_shown_any_more_is_no_card(place, session, poll):
    open_now(poll.pk)
    step(poll.pk, "close")
    step(poll.pk, "reset")
    assert "Trams" not in page(session) and pushed(session)[-1] == ("everyone", "")


def test_a_question_on_stage_stands_there_and_one_that_waits_does_not(place, session):
    QuestionSettings.objects.create(session=session, intake="open")
    by = Participant.objects.get(pk=place["people"]["moderator"])
    pk = uuid.UUID(publish(session=session.pk, asker=place["people"]["attendee"], text="Who pays?"))
    assert "Who pays?" not in page(session)
    question_step(pk, "queue", by)
    question_step(pk, "stage", by)
    assert "Who pays?" in page(session) and pushed(session) == [("everyone", "On stage now")]
    question_step(pk, "answer", by)
    assert pushed(session)[-1] == ("everyone", "Answered")


def test_older_pages_have_their_own_cards_and_no_page_has_one_twice(place, session, poll):
    say(place, session, "first")
    open_now(poll.pk)
    for number in range(60):
        say(place, session, f"m{number}")
    newest = page(session)
    assert "Trams" not in newest
    oldest = page(session, before=Message.objects.get(text="m10").seq)
    assert oldest.count("Trams") == 1 and oldest.index("first") < oldest.index("Trams") < oldest.index("m0")


def test_a_card_knows_the_round_that_it_asks_to_answer_and_nobodys_answer(place, session, poll):
    open_now(poll.pk)
    assert f'data-done-key="polls/{poll.pk}/1"' in page(session) and "is-done" not in page(session)
    step(poll.pk, "close")
    assert "data-done-key" not in page(session)
    open_now(poll.pk)
    assert f'data-done-key="polls/{poll.pk}/2"' in page(session)
