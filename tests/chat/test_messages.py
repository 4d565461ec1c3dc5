"""Sending, repeating, removing and paging messages."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chat.models import Message
from chat.writes import MESSAGE
from common.names import initials
from live.log import between
from live.models import Event, Room
from live.writes import Write
from people.models import Participant
from people.refusal import Refused
from sessions.models import Edition, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(place):
    return Session.objects.get(pk=place["session"])


@pytest.fixture
def attendee(place):
    return Participant.objects.get(pk=place["people"]["attendee"])


def post(place, role="attendee", **data):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    address = reverse("chat:messages", args=[place["session"]])
    return client.post(address, {"text": "Hi", "client_id": uuid.uuid4(), **data}, headers={"HX-Request": "true"})


def test_a_repeat_returns_the_first_result(session, attendee):
    client_id = uuid.uuid4()
    first = Message.send(session, attendee, "Once", client_id)
    assert Message.send(session, attendee, "Once", client_id) == first
    assert (Message.objects.count(), Room.objects.get(key=session.room_key).head) == (1, 1)


def test_seq_has_no_gaps(session, attendee):
    for number in range(20):
        Message.send(session, attendee, str(number), uuid.uuid4())
    found = Event.objects.filter(room__key=session.room_key)
    assert list(found.order_by("seq").values_list("seq", flat=True)) == list(range(1, 21))


def test_anothers_id_cannot_be_taken(place, session, attendee):
    client_id = uuid.uuid4()
    Message.send(session, attendee, "Mine", client_id)
    with pytest.raises(Refused):
        Message.send(session, Participant.objects.get(pk=place["people"]["moderator"]), "Stolen", client_id)
    assert post(place, "moderator", client_id=client_id).status_code == 409


def test_a_removed_message_is_gone_everywhere(place, session, attendee):
    client_id = uuid.uuid4()
    Message.send(session, attendee, "Canary", client_id)
    moderator = Participant.objects.get(pk=place["people"]["moderator"])
    assert Message.objects.get().remove(moderator) and not Message.objects.get().remove(moderator)
    assert "Canary" not in str(list(Event.objects.values_list("data", flat=True)))
    assert b"Canary" not in Client().get(reverse("sessions:session", args=[session.pk])).content


def test_older_messages_come_page_by_page(session, attendee):
    for number in range(120):
        Message.send(session, attendee, f"m{number}", uuid.uuid4())
    newest = Message.page(session)
    older = Message.page(session, before=newest[0].seq)
    oldest = Message.page(session, before=older[0].seq)
    assert [message.text for message in oldest + older + newest] == [f"m{number}" for number in range(120)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": ""}, "something"),
        ({"text": "x" * 501}, "500"),
        ({"client_id": "no"}, "UUID"),
        ({"text": " \n "}, "something"),
    ],
)
def test_a_bad_message_gets_a_clear_answer(place, data, says):
    response = post(place, **data)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert Message.objects.count() == 0


def test_blocked_words_are_refused(place):
    Edition.objects.update(blocked_terms="heck")
    response = post(place, text="What the HE\u200bCK")
    assert response.status_code == 409 and b"other words" in response.content and not Message.objects.exists()


def test_too_fast_is_told_so(place):
    codes = [post(place).status_code for _ in range(30)]
    assert codes[0] == 200 and 429 in codes and set(codes) <= {200, 429}


def test_html_is_text(place):
    assert b"&lt;img src=x onerror=alert(1)&gt;" in post(place, text="<img src=x onerror=alert(1)>").content


def test_an_id_taken_meanwhile_is_refused_and_leaves_nothing(place, session, attendee):
    client_id = uuid.uuid4()
    Message.send(session, attendee, "Mine", client_id)
    response = post(place, "moderator", client_id=client_id)
    assert response.status_code == 409
    assert Room.objects.get(key=session.room_key).head == 1


@pytest.mark.parametrize("text", ["\u2800", "\U000e0041\U000e007f", "\u3164\u115f", "\ufe0f\u200d", "\u202e"])
def test_a_message_that_shows_nothing_is_refused(place, text):
    response = post(place, text=text)
    assert response.status_code == 422 and "Write something first." in response.content.decode()
    assert not Message.objects.exists()


def test_an_id_is_for_the_same_words_only(place, session, attendee):
    client_id = uuid.uuid4()
    assert post(place, "attendee", client_id=client_id, text="Once").status_code == 200
    assert post(place, "attendee", client_id=client_id, text="Once").status_code == 200
    other = post(place, "attendee", client_id=client_id, text="Twice")
    assert other.status_code == 409 and "sent other words already" in other.text
    data = {"session": session.pk, "text": "Twice", "client_id": str(client_id)}
    assert [reply.status for reply in MESSAGE.by_socket([Write(attendee.pk, "en", data)])] == [409]
    assert Message.objects.get().text == "Once"


def sent(session, attendee, text="Oops"):
    message = uuid.uuid4()
    Message.send(session, attendee, text, message)
    return Message.objects.get(pk=message)


def everything(session):
    """The session's log, with what it shows now."""
    return between(session.room_key, 0, Room.objects.get(key=session.room_key).head)


def test_a_removed_message_comes_back_in_time_with_its_text_in_the_log(place, session, attendee):
    moderator = Participant.objects.get(pk=place["people"]["moderator"])
    message = sent(session, attendee)
    message.remove(moderator)
    assert "Oops" not in str(list(Event.objects.values_list("data", flat=True)))
    Message.objects.get(pk=message.pk).restore(moderator)
    first, *_removed, last = (event for event in everything(session) if event.kind in ("chat.message", "chat.changed"))
    assert last.shown == first.shown and last.shown["text"] == "Oops"
    assert last.shown["seq"] == message.seq  # where it was
    with pytest.raises(Refused, match="too late"):
        Message.objects.get(pk=message.pk).restore(moderator)


def test_after_a_while_it_stays_removed(place, session, attendee):
    moderator = Participant.objects.get(pk=place["people"]["moderator"])
    message = sent(session, attendee)
    message.remove(moderator)
    Message.objects.update(removed_at=timezone.now() - timedelta(seconds=14))
    with pytest.raises(Refused, match="too late"):
        Message.objects.get(pk=message.pk).restore(moderator)
    assert "Oops" not in str(list(Event.objects.values_list("data", flat=True)))


def test_only_staff_reads_whose_message_was_removed(place, session, attendee):
    sent(session, attendee).remove(Participant.objects.get(pk=place["people"]["moderator"]))
    pages = {}
    for role in ("moderator", "outsider"):
        client = Client()
        client.cookies["sessionid"] = place["cookies"][role]
        pages[role] = client.get(reverse("chat:messages", args=[session.pk])).text
    assert attendee.name in pages["moderator"] and f"?who={attendee.pk}" in pages["moderator"]
    assert attendee.name not in pages["outsider"] and "Oops" not in pages["moderator"]


@pytest.mark.parametrize(
    ("name", "letters"), [("Amara Okafor", "AO"), ("李明", "李"), ("Núria de la Serra", "NS"), ("…", "?"), ("", "")]
)
def test_initials(name, letters):
    assert initials(name) == letters
