"""The moderators' cards are kept by what they are made from: whatever of it changes stands on the board at once."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from common import clock
from people.models import Participant
from questions.cards import cards
from questions.models import Note, Question, QuestionSettings, Upvote
from tests.cities.conftest import member_of, organisation_of, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def like(asked):
    return asked("Which tram?", who="speaker")


@pytest.fixture
def question(asked, like):
    """A question that is like another, asked without a name as the settings of now name it to moderators."""
    QuestionSettings.objects.update(names_for_moderators=True)
    made = asked("Which trams?", anonymous=True)
    QuestionSettings.objects.update(names_for_moderators=False)
    Question.objects.filter(pk=made.pk).update(similar_to=like)
    return made


def rewritten(question, people):
    Question.objects.filter(pk=question.pk).update(text="Which buses?")


def labelled(question, people):
    Question.objects.filter(pk=question.pk).update(labels=",Later,")


def taken_up(question, people):
    Question.objects.filter(pk=question.pk).update(handled_by=people["organiser"], handled_at=clock.now())


def rewritten_like(question, people):
    Question.objects.filter(text="Which tram?").update(text="Any tram?")


def noted(question, people):
    Note.objects.create(question=question, author=people["organiser"], text="Ask the mayor")


def upvoted(question, people):
    Upvote.objects.create(question=question, participant=people["speaker"])


def gathered(question, people):
    Question.objects.filter(text="Which tram?").update(merged_into=question, root=question, state="merged")


def named(question, people):
    QuestionSettings.objects.update(names_for_moderators=True)


def asked_openly(question, people):
    Question.objects.filter(pk=question.pk).update(anonymous=False)


def speaking_for_a_city(people):
    organisation = organisation_of("City of Tampere")
    member_of(organisation, people["attendee"])
    verified(organisation, people["organiser"])


CHANGES = {
    rewritten: "Which buses?",
    labelled: ">Later<",
    taken_up: "Organiser is on it",
    rewritten_like: "Like “Any tram?”",
    noted: "Ask the mayor",
    upvoted: ">1</span>",
    gathered: "+1 merged",
    named: ">Attendee<",
    asked_openly: ">Attendee<",
}


def board(place, session):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    return client.get(reverse("questions:board", args=[session.pk])).text.partition('id="columns"')[2]


@pytest.mark.parametrize(("change", "words"), CHANGES.items())
def test_what_changes_stands_on_the_board_at_once(place, session, people, question, change, words):
    assert words not in board(place, session)
    change(question, people)
    assert words in board(place, session)


def test_what_changes_of_who_asks_takes_up_or_notes_is_shown_at_once(place, session, people, question):
    for change in (asked_openly, taken_up, noted):
        change(question, people)
    assert "Attendee" in board(place, session)
    for role in ("attendee", "organiser"):
        Participant.objects.filter(pk=people[role].pk).update(name=f"New {role}")
    speaking_for_a_city(people)
    html = board(place, session)
    assert (
        "City of Tampere" in html
        and ">New attendee<" in html
        and "New organiser is on it" in html
        and ">New organiser<" in html
    )


def test_whom_words_of_ours_describe_is_described_in_each_language(session, people):
    pk = uuid.uuid4()
    Question.objects.create(pk=pk, root_id=pk, session=session, asker=people["guest"], text="Where?")
    settings = QuestionSettings.of_all([session.pk])
    places = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            places.append(cards([pk], settings)[pk]["place"])
    assert places == ["guest", "invitado", "guest"]
