"""A mail about a request: to those who wish it, about nobody who is kept away, and without what was written."""

import pytest
from django.core import mail

from common import clock
from networking import keeping_away, mailing, state, writing
from networking.models import Card
from notices.models import Wishes
from people.models import Participant
from scheduler.models import Job
from tests.networking.conftest import asked, card_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(place, settings):
    """Amara would like to write to Ming."""
    settings.DEMO = False
    for who in ("amara", "ming"):
        card_of(place, who)
    Participant.objects.filter(pk=place["all"]["ming"].pk).update(email="ming@example.org", language="es")
    return asked(place, "amara", "ming", "Xk7canary words")


def sent():
    for job in Job.objects.filter(kind="networking.mail"):
        mailing.mail(job.data)
    return mail.outbox


def test_who_is_asked_gets_a_mail_in_their_language_without_the_words(place, request_of):
    (told,) = sent()
    assert told.to == ["ming@example.org"] and request_of.get_absolute_url() in told.body
    assert place["all"]["amara"].name in told.subject and "Xk7canary" not in told.body + told.subject
    assert "Hola" in told.body


def test_who_does_not_wish_it_gets_none(place, request_of):
    Wishes.objects.create(participant=place["all"]["ming"], mail_requests=False)
    assert not sent()


@pytest.mark.parametrize(("by", "whom"), [("ming", "amara"), ("amara", "ming")])
def test_of_two_who_are_apart_none_is_told(place, request_of, by, whom):
    keeping_away.block(place["all"][by], place["all"][whom].pk, True)
    assert not sent()


@pytest.mark.parametrize("action", ["accept", "decline"])
def test_what_is_answered_is_news_no_more(place, request_of, action):
    state.answer(request_of.pk, action, place["all"]["ming"])
    assert not sent()


def test_nor_what_was_looked_at_nor_what_comes_late(place, request_of):
    writing.read(request_of, place["all"]["ming"])
    assert not sent()
    type(request_of).objects.update(asked_news=1, begun_at=clock.now() - 2 * mailing.LATEST)
    assert not sent()


def test_a_refused_request_plans_no_mail(place, request_of):
    Job.objects.all().delete()
    card = Card.objects.select_related("participant", "edition").get(participant=place["all"]["ming"])
    with pytest.raises(Exception, match="conversation already"):
        writing.ask(card, place["all"]["amara"], "Again", __import__("uuid").uuid4())
    assert not Job.objects.filter(kind="networking.mail").exists()
