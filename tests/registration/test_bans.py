"""Bans from one session, by its moderators."""

import uuid

import pytest
from django.urls import reverse

from chat.models import Message
from live.models import Event
from people.models import AuditEntry, Participant
from questions.asking import Draft, ask
from questions.models import QuestionSettings
from questions.state import step
from sessions.models import Session


@pytest.fixture
def path(place):
    return reverse("registration:bans", args=[place["session"]])


def heard(place, role):
    who = Participant.objects.get(pk=place["people"][role])
    Message.send(Session.objects.get(pk=place["session"]), who, "Here", uuid.uuid4())


@pytest.mark.parametrize("asked", [None, "hidden", "named"])
def test_moderators_learn_of_nobody_who_has_not_shown_themself(place, browser, path, asked):
    session, who = Session.objects.get(pk=place["session"]), Participant.objects.get(pk=place["people"]["attendee"])
    if asked:
        QuestionSettings.objects.create(session=session, intake="open")
        made = ask(session, who, Draft("Why?", anonymous=asked == "hidden"), uuid.uuid4())
        step(made.pk, "approve", Participant.objects.get(pk=place["people"]["moderator"]))
    status = 200 if asked == "named" else 404
    assert browser("session_moderator").get(path, {"who": who.pk}).status_code == status
    assert browser("session_moderator").post(path, {"who": who.pk, "reason": ""}).status_code == (
        422 if asked == "named" else 404
    )
    assert browser("organiser").get(path, {"who": who.pk}).status_code == 200


def test_a_moderator_bans_the_author_of_a_message_and_takes_it_back(place, browser, path):
    session, troll = Session.objects.get(pk=place["session"]), Participant.objects.get(pk=place["people"]["attendee"])
    Message.send(session, troll, "Noise", uuid.uuid4())
    link = f"{path}?who={troll.pk}"
    moderator = browser("session_moderator")
    assert link in moderator.get(session.get_absolute_url()).text.replace("&amp;", "&")
    assert link not in browser("attendee").get(session.get_absolute_url()).text
    assert "Ban Attendee" in moderator.get(link).text
    moderator.post(path, {"who": troll.pk, "reason": "Noise", "length": "tonight"})
    banned = browser("attendee").get(session.get_absolute_url())
    assert banned.status_code == 403 and "Noise" in banned.text
    assert browser("attendee").get(f"/sessions/{place['other_session']}/").status_code == 200
    assert Event.objects.filter(room__key="revoked", participant_id=troll.pk).exists()
    ban = troll.bans.get()
    assert ban.scope == session.room_key and ban.until
    assert "Noise" in browser().get(reverse("registration:person", args=[place["slug"], troll.pk])).text
    moderator.post(path, {"lift": ban.pk})
    assert browser("attendee").get(session.get_absolute_url()).status_code == 200
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == ["ban", "unban"]


@pytest.mark.parametrize("role", ["organiser", "moderator", "speaker", "session_moderator"])
def test_who_runs_it_or_speaks_is_not_banned(place, browser, path, role):
    heard(place, role)
    data = {"who": place["people"][role], "reason": "Coup", "length": "good"}
    answer = browser("session_moderator").post(path, data)
    assert answer.status_code == 409 and "Coup" in answer.text
    assert not Participant.objects.get(pk=place["people"][role]).bans.exists()


def test_a_wrong_ban_keeps_what_was_written(place, browser, path):
    heard(place, "attendee")
    data = {"who": place["people"]["attendee"], "reason": "Because", "length": "until", "until": "x"}
    answer = browser("session_moderator").post(path, data)
    assert answer.status_code == 422 and "Because" in answer.text


def test_nobody_outside_the_edition_is_named(place, browser, path):
    stranger = Participant.objects.create_user("stranger@example.org", name="A stranger")
    for who in (stranger.pk, 999_999, "x"):
        assert browser("session_moderator").get(path, {"who": who}).status_code == 404
    assert browser("session_moderator").post(path, {"reason": "x"}).status_code == 404


def test_a_ban_of_another_session_is_not_lifted_here(place, browser, path):
    ban = Participant.objects.get(pk=place["people"]["banned"]).bans.get()
    assert browser("session_moderator").post(path, {"lift": ban.pk}).status_code == 404


def test_only_organisers_are_led_to_the_persons_page(place, browser, path):
    heard(place, "attendee")
    who = place["people"]["attendee"]
    page = reverse("registration:person", args=[place["slug"], who])
    assert page in browser("organiser").get(path, {"who": who}).text
    assert page not in browser("session_moderator").get(path, {"who": who}).text
