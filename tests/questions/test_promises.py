"""What was promised to who asked holds, whatever is set or merged later."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from live.models import Event
from people.models import AuditEntry
from people.refusal import Refused
from questions import asking, export, privacy
from questions.asking import Draft
from questions.models import QuestionSettings
from questions.state import step
from sessions.models import Session
from tests.log import shown

pytestmark = pytest.mark.django_db


def board_page(place, session):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    return client.get(reverse("questions:board", args=[session.pk])).content.decode()


@pytest.mark.parametrize(
    ("when_asked", "later", "named"), [(False, True, False), (True, True, True), (True, False, False)]
)
def test_no_later_setting_breaks_the_promise(place, session, asked, people, when_asked, later, named):
    QuestionSettings.objects.update(names_for_moderators=when_asked)
    question = asked("Who am I?", anonymous=True)
    QuestionSettings.objects.update(names_for_moderators=later)
    before = Event.objects.count()
    step(question.pk, "approve", people["moderator"])
    cards = [
        event.shown["name"] for event in shown(Event.objects.order_by("pk")[before:]) if event.kind == "questions.card"
    ]
    assert cards and all((name == "Attendee") is named for name in cards)
    assert ("Attendee" in board_page(place, session)) is named
    assert (export.rows(session)[0]["name"] == "Attendee") is named
    assert not AuditEntry.objects.filter(participant_id=people["attendee"].pk, action__startswith="questions.").exists()


def test_who_takes_the_name_off_later_is_promised_what_holds_then(session, asked, people):
    question = asked("Who am I?")
    QuestionSettings.objects.update(names_for_moderators=True)
    asking.revise(question.pk, people["attendee"], Draft("Who am I?", anonymous=True))
    question.refresh_from_db()
    assert question.named_to_moderators


def test_nobody_reads_what_waits_though_their_own_was_merged_into_it(place, session, asked, people, http):
    waiting = asking.ask(session, people["speaker"], Draft("Xk7canary"), uuid.uuid4())
    mine = asked("Mine")
    step(mine.pk, "merge", people["moderator"], into=waiting)
    own = Event.objects.filter(audience=f"participant:{people['attendee'].pk}")
    assert own.exists() and "Xk7canary" not in json.dumps([event.shown for event in shown(own)])
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["attendee"]
    assert "Xk7canary" not in client.get(session.get_absolute_url()).content.decode()
    assert "Xk7canary" not in client.get(reverse("people:download")).content.decode()
    step(waiting.pk, "approve", people["moderator"])
    assert "Xk7canary" in shown(own.order_by("seq"))[-1].shown["merged_text"]


def test_who_is_muted_asks_no_more_here_and_stays_unknown(place, session, asked, people, http):
    """Nothing that moderators read tells whose question it was, or that two belong together."""
    first, second = asked("Rude words", anonymous=True), asked("Another one", anonymous=True)
    assert "No more questions from this asker" in http("moderator", "card", first.pk).text
    assert "asks no more" in http("moderator", "mute", first.pk, on="1").text
    http("moderator", "mute", first.pk, on="1")
    for draft in (Draft("Again", anonymous=True), Draft("With my name")):
        with pytest.raises(Refused) as refusal:
            asking.ask(session, people["attendee"], draft, uuid.uuid4())
        assert refusal.value.status == 403
    with pytest.raises(Refused):
        asking.revise(second.pk, people["attendee"], Draft("Rude in other words", anonymous=True))
    assert "No more questions from this asker" in http("moderator", "card", second.pk).text, (
        "they are not tied together"
    )
    entry = AuditEntry.objects.get(action="questions.mute")
    assert entry.participant_id is None and "Attendee" not in json.dumps(entry.details)
    assert "Attendee" not in board_page(place, session)
    asking.ask(session, people["speaker"], Draft("Somebody else"), uuid.uuid4())
    http("moderator", "mute", first.pk, on="0")
    assert asked("Taken again").state == "pending"


def test_a_mute_is_of_one_session_and_not_of_the_hall(place, session, people, asked, http):
    hall = asking.add_from_hall(session, people["moderator"], "From row four", "Somebody", "4", uuid.uuid4())
    assert http("moderator", "mute", hall.pk, on="1").status_code == 422
    question = asked("Rude words")
    http("moderator", "mute", question.pk, on="1")
    other = Session.objects.exclude(pk=session.pk).filter(edition=session.edition).first()
    QuestionSettings.objects.create(session=other, intake="open")
    assert asking.ask(other, people["attendee"], Draft("There"), uuid.uuid4())
    assert session.pk in privacy.export(people["attendee"])["muted_in"]
