"""Receipts by mail, and the consent of the person whom a Leadership entry honours: by their link alone."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from awards import consent, entering, mails, state
from awards.models import Consent, Kind
from common import clock
from live.models import Room
from live.revocations import REVOKED
from people.refusal import Refused
from scheduler.models import Job
from tests.awards.conftest import category_of, entry_of
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db
SEND = {"awards.receipt": mails.send_receipt, "awards.consent": mails.send_consent}


def deliver():
    """Do the jobs that wait; the mails that they sent."""
    mail.outbox.clear()
    for job in Job.objects.filter(kind__in=SEND):
        SEND[job.kind](job.data)
        job.delete()
    return list(mail.outbox)


@pytest.fixture
def owner(place):
    return place["all"]["attendee"]


@pytest.fixture
def entry(place, owner):
    return entry_of(category_of(place["call"], "Leadership", kind=Kind.LEADERSHIP), owner, "draft")


def link():
    (message,) = deliver()
    return re.search(r"/awards/consent/\S+", message.body)[0]


def ask(place, entry, email="ada@example.org"):
    data = {"name": "Ada", "email": email}
    return signed_in(place).post(reverse("awards:ask_consent", args=[entry.pk]), data)


def opened(path):
    client = Client()
    assert client.get(path).url == reverse("awards:consent")
    return client


def test_every_author_gets_a_receipt_of_what_counts(place, owner):
    plain = entry_of(place["category"], owner, "draft")
    plain.authors.add(place["all"]["organiser"])
    entering.submit(plain.pk, owner, clock.now(), "")
    sent = deliver()
    assert {message.to[0] for message in sent} == {owner.email, place["all"]["organiser"].email}
    assert all(plain.number in message.body and "Trees that talk" in message.body for message in sent)
    entering.withdraw(plain.pk, owner)
    assert deliver() == []


def test_the_person_agrees_by_their_link_alone(place, owner, entry):
    with pytest.raises(Refused, match="consent has not been asked"):
        entering.submit(entry.pk, owner, clock.now(), "")
    assert ask(place, entry, owner.email).status_code == 409, "who writes it cannot agree"
    assert ask(place, entry).status_code == 302
    path = link()
    assert path not in signed_in(place).get(reverse("awards:own", args=[entry.pk])).text
    entering.submit(entry.pk, owner, clock.now(), "")
    with pytest.raises(Refused, match="has not agreed"):
        state.step(entry.pk, "accept", place["all"]["organiser"])
    person = opened(path)
    page = person.get(reverse("awards:consent"))
    assert "Trees that talk" in page.text
    assert page["Referrer-Policy"] == "no-referrer"
    assert not Consent.objects.get().given_at, "looking is no answer"
    assert person.post(reverse("awards:consent"), {"agrees": "1"}).status_code == 200
    assert state.step(entry.pk, "accept", place["all"]["organiser"]).state == "eligible"


def test_a_link_is_used_once_and_the_next_takes_the_word_back(place, owner, entry):
    ask(place, entry)
    path = link()
    first, second = opened(path), opened(path)
    first.post(reverse("awards:consent"), {"agrees": "1"})
    assert second.post(reverse("awards:consent"), {"agrees": "0"}).status_code == 409
    assert opened(path).get(reverse("awards:consent")).status_code == 404
    entering.submit(entry.pk, owner, clock.now(), "")
    for step in ("accept", "nominate", "win"):
        state.step(entry.pk, step, place["all"]["organiser"])
    assert Client().get(entry.get_absolute_url()).status_code == 200
    newer = next(each for each in deliver() if each.to == ["ada@example.org"])
    person = opened(re.search(r"/awards/consent/\S+", newer.body)[0])
    before = Room.heads([REVOKED])
    person.post(reverse("awards:consent"), {"agrees": "0"})
    assert Room.heads([REVOKED]) != before, "copies of public pages end at once"
    assert Client().get(entry.get_absolute_url()).status_code == 404
    assert "Trees that talk" not in Client().get(reverse("awards:winners")).text
    assert ask(place, entry).status_code == 409


@pytest.mark.parametrize("path", ["1-1", "1-1:forged", "x"])
def test_no_other_address_opens_anything(place, entry, path):
    ask(place, entry)
    assert opened(f"/awards/consent/{path}/").get(reverse("awards:consent")).status_code == 404


def test_a_newer_person_closes_the_older_link(place, owner, entry):
    ask(place, entry)
    path = link()
    ask(place, entry, "grace@example.org")
    assert opened(path).get(reverse("awards:consent")).status_code == 404
    with pytest.raises(Refused):
        consent.answer(path.split("/")[3], agrees=True)
