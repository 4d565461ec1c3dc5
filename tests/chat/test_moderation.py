"""What authors change, what moderators decide, and who is told of it."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chat import moderating, own, pace
from chat.data import open_cases
from chat.models import ChatSettings, Message, Mute, ReadMark
from chat.writes import MESSAGE, REACTION, READ
from common import clock
from live.audiences import EVERYONE, only
from live.log import between
from live.models import Room
from live.writes import Write
from people.models import AuditEntry, Participant
from people.refusal import Refused
from polls.models import Poll
from polls.writes import BALLOT
from questions.models import QuestionSettings
from questions.writes import UPVOTE
from sessions.audiences import STAFF
from sessions.models import Session
from tests import world
from tests.programs import questions, watching

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    return made


@pytest.fixture
def session(place):
    return Session.objects.select_related("edition", "stage__host_city").get(pk=place["session"])


def sent(session, who, text="Hello", **more):
    pk = uuid.uuid4()
    Message.send(session, who, text, pk, **more)
    return Message.objects.select_related("session__edition", "participant").get(pk=pk)


def said(place, who, **data):
    given = {"session": place["session"], "text": "Hello", "client_id": str(uuid.uuid4())} | data
    return MESSAGE.by_socket([Write(place["people"][who], "en", given)])[0]


def log(session, kind):
    """The entries of a kind: (audience, what it shows now)."""
    events = between(session.room_key, 0, Room.objects.get(key=session.room_key).head)
    return [(event.audience, event.shown) for event in events if event.kind == kind]


def post(place, role, name, *arguments, **data):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    return client.post(reverse(f"chat:{name}", args=arguments), data, headers={"HX-Request": "true"})


def test_authors_change_their_own_words_and_nobody_elses(place, session):
    message = sent(session, place["all"]["attendee"])
    assert post(place, "moderator", "edit", message.pk, text="Mine now", version=1).status_code == 404
    assert post(place, "attendee", "edit", message.pk, text="Better :tada:", version=1).status_code == 204
    assert post(place, "attendee", "edit", message.pk, text="Older page", version=1).status_code == 409
    shown = log(session, "chat.message")[0][1]
    assert (shown["text"], shown["edited"]) == ("Better 🎉", True)


def test_authors_delete_and_a_quote_of_it_says_nothing(place, session):
    first = sent(session, place["all"]["attendee"], "Secret words")
    assert said(place, "speaker", text="Yes", reply_to=str(first.pk)).status == 200
    assert log(session, "chat.message")[1][1]["quote"]["text"] == "Secret words"
    assert post(place, "speaker", "withdraw", first.pk).status_code == 404
    assert post(place, "attendee", "withdraw", first.pk).status_code == 204
    removed, answer = (shown for _audience, shown in log(session, "chat.message"))
    assert removed["withdrawn"] and not removed["text"] and answer["quote"]["text"] == ""
    assert not log(session, "chat.told")


def test_who_is_named_is_told_and_nobody_else_can_be(place, session):
    attendee, outsider = place["all"]["attendee"], place["all"]["outsider"]
    sent(session, attendee)
    ids = f"{attendee.pk},{outsider.pk},x"
    assert said(place, "speaker", text=f"Ask @{attendee.name} or @{outsider.name}", mentions=ids).status == 200
    [(audience, shown)] = log(session, "chat.mention")
    assert audience == only(attendee.pk) and [each["id"] for each in shown["mentions"]] == [attendee.pk]


def test_who_was_away_is_told_of_what_names_them_until_they_have_read_it(place, session):
    attendee = place["all"]["attendee"]
    first = sent(session, attendee)
    who = (attendee.pk, session.pk)
    said(place, "speaker", text=f"@{attendee.name} and I", mentions=str(attendee.pk))
    assert own.own([who])[0]["named"] == []  # has not read here before: the page shows the newest anyway
    ReadMark.objects.create(session=session, participant=attendee, seq=first.seq)
    [told] = own.own([who])[0]["named"]
    assert (told["name"], told["text"]) == (place["all"]["speaker"].name, f"@{attendee.name} and I")
    assert own.own([(place["people"]["speaker"], session.pk)])[0]["named"] == []
    ReadMark.objects.update(seq=told["seq"])
    assert own.own([who])[0]["named"] == []


def votes_and_asks(place):
    """The statuses of an answer to a poll and of an upvote by the attendee."""
    ids = {"session": place["session"], "asker": place["people"]["speaker"]}
    QuestionSettings.objects.create(session_id=place["session"], intake="open")
    poll = watching.open_poll(place["session"], "Trams or buses?")
    option = Poll.objects.get(pk=poll).options.first().pk
    ballot = {"poll": poll, "fields": {"option": [str(option)]}}
    upvote = {"question": questions.publish(text="Who pays?", **ids), "on": True}
    who = place["people"]["attendee"]
    return [each.by_socket([Write(who, "en", data)])[0].status for each, data in ((BALLOT, ballot), (UPVOTE, upvote))]


def test_who_is_muted_is_told_reads_on_and_writes_elsewhere(place, session):
    attendee, moderator = place["all"]["attendee"], place["all"]["moderator"]
    message = sent(session, attendee)
    answer = post(place, "moderator", "mute", message.pk, minutes=5, scope="session", reason="Shouting")
    assert answer.status_code == 200
    reply = said(place, "attendee")
    assert reply.status == 403 and "Shouting" in reply.html
    [(audience, shown)] = log(session, "chat.muted")
    assert audience == only(attendee.pk) and shown["reason"] == "Shouting" and shown["until"]
    assert own.own([(attendee.pk, session.pk)])[0]["muted"]["reason"] == "Shouting"
    other = Session.objects.select_related("edition").get(pk=place["other_session"])
    assert said(place, "attendee", session=other.pk).status == 200
    assert votes_and_asks(place) == [200, 200]
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["attendee"]
    assert client.get(reverse("chat:messages", args=[session.pk])).status_code == 200
    moderating.lift(Mute.objects.get(), moderator)
    assert said(place, "attendee").status == 200 and not log(session, "chat.muted")[-1][1]["until"]


def test_a_moderator_of_one_session_mutes_in_it_only_and_no_moderator(place, session):
    message, staffs = sent(session, place["all"]["attendee"]), sent(session, place["all"]["moderator"])
    given = {"minutes": 5, "reason": "Shouting"}
    assert post(place, "session_moderator", "mute", message.pk, scope="edition", **given).status_code == 403
    assert post(place, "session_moderator", "mute", staffs.pk, scope="session", **given).status_code == 409
    assert post(place, "session_moderator", "mute", message.pk, scope="session", **given).status_code == 200
    assert post(place, "moderator", "mute", message.pk, scope="edition", **given).status_code == 200
    assert said(place, "attendee", session=place["other_session"]).status == 403


@pytest.mark.parametrize(
    ("rule", "text", "held"),
    [
        ({"hold_links": True}, "See https://example.org", "links"),
        ({"hold_links": True}, "See nothing", ""),
        ({"hold_words": "lottery"}, "The LOTTERY is on", "words"),
        ({"hold_first": True}, "My first words", "first"),
    ],
)
def test_what_is_held_is_read_by_moderators_first(place, session, rule, text, held):
    ChatSettings.objects.create(session=session, **rule)
    assert said(place, "attendee", text=text).status == 200
    message = Message.objects.get()
    assert message.held == held
    shown = [audience for audience, _shown in log(session, "chat.message")]
    assert shown == ([] if held else [EVERYONE])
    if not held:
        return
    assert {audience for audience, _ in log(session, "chat.held")} == {only(place["people"]["attendee"])}
    assert {audience for audience, _ in log(session, "chat.case")} == {STAFF}
    page = Client().get(reverse("chat:messages", args=[session.pk])).text
    assert text not in page
    moderating.let_through(message, place["all"]["moderator"])
    assert [audience for audience, _ in log(session, "chat.message")] == [EVERYONE] and not open_cases(session.pk)
    with pytest.raises(Refused, match="already"):
        moderating.let_through(message, place["all"]["moderator"])
    assert said(place, "moderator", text=text).status == 200 and Message.objects.latest("seq").held == ""


def test_a_report_reaches_the_moderators_once_and_they_decide(place, session):
    message = sent(session, place["all"]["attendee"])
    for _ in range(2):
        assert post(place, "speaker", "report", message.pk, reason="Rude").status_code == 204
    [(audience, case)] = log(session, "chat.case")
    assert audience == STAFF and [each["reason"] for each in case["reports"]] == ["Rude"]
    assert post(place, "speaker", "settle", message.pk).status_code == 403
    assert post(place, "moderator", "settle", message.pk).status_code == 204 and not open_cases(session.pk)
    assert post(place, "moderator", "settle", message.pk, undo=1).status_code == 204 and open_cases(session.pk)
    assert post(place, "moderator", "remove", message.pk, reason="Insults").status_code == 204
    assert not open_cases(session.pk)
    assert log(session, "chat.told") == [(only(message.participant_id), log(session, "chat.told")[0][1])]
    assert log(session, "chat.told")[0][1]["reason"] == "Insults"
    on_record = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"chat.settle", "chat.reopen", "chat.remove"} <= on_record


def test_a_pinned_message_goes_when_it_is_removed(place, session):
    message, moderator = sent(session, place["all"]["attendee"]), place["all"]["moderator"]
    moderating.pin(message, moderator, True)
    assert log(session, "chat.mode")[0][1]["pinned"]["text"] == "Hello"
    message.remove(moderator)
    assert log(session, "chat.mode")[0][1]["pinned"] is None


def test_slow_mode_begins_by_itself_and_ends(place, session, monkeypatch):
    ChatSettings.objects.create(session=session, crowded=3)
    for who in ("attendee", "speaker", "moderator", "organiser"):
        assert said(place, who).status == 200
    assert log(session, "chat.mode")[0][1]["by_itself"]
    reply = said(place, "attendee")
    assert reply.status == 429 and "Slow mode" in reply.html
    later = clock.now() + timedelta(seconds=70)
    monkeypatch.setattr(clock, "now", lambda: later)
    pace.tick()
    assert log(session, "chat.mode")[-1][1]["pause"] == 0 and said(place, "attendee").status == 200


def test_how_far_one_has_read_never_goes_back(place, session):
    who = place["people"]["attendee"]
    for seq in (7, 12, 9):
        data = {"session": session.pk, "seq": seq}
        assert READ.by_socket([Write(who, "en", data), Write(who, "en", data)])[0].status == 200
    assert ReadMark.objects.get().seq == 12 and own.own([(who, session.pk)])[0]["read"] == 12


def test_a_reaction_counts_once_and_can_be_taken_back(place, session):
    message, who = sent(session, place["all"]["attendee"]), place["people"]["speaker"]
    data = {"message": str(message.pk), "emoji": "👍", "on": True}
    for _ in range(2):
        assert REACTION.by_socket([Write(who, "en", data)])[0].status == 200
    assert log(session, "chat.message")[0][1]["reactions"] == [("👍", 1)]
    assert own.own([(who, session.pk)])[0]["reacted"] == [[str(message.pk), "👍"]]
    REACTION.by_socket([Write(who, "en", data | {"on": False})])
    assert log(session, "chat.message")[0][1]["reactions"] == []
    for wrong in ({"emoji": "x"}, {"on": 1}, {"emoji": ["👍"]}):
        assert REACTION.by_socket([Write(who, "en", data | wrong)])[0].status == 422


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See https://example.org/a_(b).", 'href="https://example.org/a_(b)"'),
        ("(https://example.org/x)", 'href="https://example.org/x"'),
        ("javascript:alert(1)", "javascript:alert(1)</p>"),
        ("https://e.org/<b>", "&lt;b&gt;"),
        ('https://e.org/"onclick="x', "&quot;onclick=&quot;x"),
    ],
)
def test_links_are_safe(place, session, text, html):
    sent(session, place["all"]["attendee"], text)
    page = Client().get(reverse("chat:messages", args=[session.pk])).text
    assert html in page and ("<a " not in page or 'rel="noopener noreferrer nofollow ugc"' in page)


def test_search_finds_words_whatever_their_accents_and_nothing_removed(place, session):
    gone = sent(session, place["all"]["attendee"], "Gestió de residus")
    sent(session, place["all"]["attendee"], "La gestió del trànsit")
    gone.remove(place["all"]["moderator"])
    page = Client().get(reverse("chat:search", args=[session.pk]), {"q": "GESTIO"}).text
    assert "trànsit" in page and "residus" not in page
