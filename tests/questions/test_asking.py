"""Asking, one's own until approved, who sees which name, upvoting, the blocklist, the lists and the export."""

import csv
import io
import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from live.models import Event
from people.models import AuditEntry, Role
from people.refusal import Refused
from questions import asking, export, moderation
from questions.asking import Draft
from questions.models import Question, QuestionSettings, Upvote
from questions.similar import likeness, most_alike
from questions.state import step
from sessions.blocklist import blocked
from sessions.models import Edition
from tests.log import shown

db = pytest.mark.django_db


def page(place, role, session):
    client = Client()
    if role != "anonymous":
        client.cookies["sessionid"] = place["cookies"][role]
    return client.get(reverse("sessions:session", args=[session.pk])).content.decode()


@db
def test_a_pending_question_is_seen_by_its_asker_and_staff_only(place, session, asked):
    asked("Canary question")
    told = Event.objects.exclude(room__key="revoked")
    assert {event.audience for event in told} == {f"participant:{place['people']['attendee']}", "staff"}
    assert "Canary" in page(place, "attendee", session)
    for role in ("anonymous", "outsider", "speaker"):
        assert "Canary" not in page(place, role, session)


@db
def test_a_repeat_returns_the_first_and_anothers_id_is_refused(session, people):
    client_id = uuid.uuid4()
    first = asking.ask(session, people["attendee"], Draft("Once"), client_id)
    assert asking.ask(session, people["attendee"], Draft("Once"), client_id) == first
    assert Question.objects.count() == 1
    with pytest.raises(Refused, match="could not be sent"):
        asking.ask(session, people["speaker"], Draft("Stolen"), client_id)


@db
@pytest.mark.parametrize("named", [True, False])
def test_the_moderator_sees_the_name_or_not_and_the_form_says_which(place, session, asked, people, named):
    QuestionSettings.objects.update(names_for_moderators=named)
    question = asked("Who am I?", anonymous=True)
    step(question.pk, "approve", people["moderator"])
    for event in shown(Event.objects.exclude(audience__startswith="participant").exclude(room__key="revoked")):
        name = event.shown.get("name")
        assert name == ("Attendee" if named and event.audience == "staff" else "")
    assert ("the moderators do" in page(place, "attendee", session)) is named
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    assert ("Attendee" in client.get(reverse("questions:board", args=[session.pk])).content.decode()) is named
    assert (export.rows(session)[0]["name"] == "Attendee") is named
    found = client.get(reverse("questions:columns", args=[session.pk]), {"q": "Attendee"}).content.decode()
    assert "Who am I?" not in found


@db
def test_ones_own_is_edited_and_withdrawn_until_it_is_approved(asked, people, http):
    question = asked("Frist")
    assert http("attendee", "own", question.pk, action="revise", text="First").status_code == 200
    assert http("attendee", "own", question.pk, action="withdraw").status_code == 200
    assert "First" not in export.as_json(question.session), "what was taken back is in no export"
    assert http("attendee", "own", question.pk, action="resubmit").status_code == 200
    assert "First" in export.as_json(question.session)
    assert http("speaker", "own", question.pk, action="withdraw").status_code == 404
    step(question.pk, "approve", people["moderator"])
    assert http("attendee", "own", question.pk, action="withdraw").status_code == 409
    response = http("attendee", "own", question.pk, action="revise", text="Late")
    assert response.status_code == 409 and b"no longer" in response.content
    assert Question.objects.get().text == "First"


@db
def test_upvotes_are_counted_once_and_only_for_what_is_voted_on(asked, people, http):
    question = asked()
    assert http("attendee", "upvote", question.pk, on=1).status_code == 409
    step(question.pk, "approve", people["moderator"])
    for _ in range(3):
        assert http("attendee", "upvote", question.pk, on=1).status_code == 200
    assert http("speaker", "upvote", question.pk, on=1).status_code == 200
    assert Upvote.objects.count() == 2
    assert http("speaker", "upvote", question.pk, on=0).status_code == 200
    assert Upvote.objects.count() == 1
    step(question.pk, "dismiss", people["moderator"])
    assert http("speaker", "upvote", question.pk, on=1).status_code == 409


@db
@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        ({"text": ""}, 422, "Write your question"),
        ({"text": "x" * 301}, 422, "300"),
        ({"language": "xx"}, 422, "languages"),
        ({"client_id": "no"}, 422, "UUID"),
        ({"text": "\x00"}, 422, "Write your question"),
        ({"text": "\u2800\u2800"}, 422, "Write your question"),
        ({"text": "\U000e0041\U000e007f"}, 422, "Write your question"),
        ({"text": "\u3164 \ufe0f"}, 422, "Write your question"),
        ({"text": "what the HEC\u200bK?"}, 409, "other words"),
        ({"anonymous": "on"}, 409, "without a name"),
    ],
)
def test_a_bad_question_gets_a_clear_answer(session, http, data, status, says):
    Edition.objects.update(blocked_terms="heck\n")
    QuestionSettings.objects.update(anonymous_allowed=False)
    response = http("attendee", "questions", session.pk, **{"text": "Fine?", "client_id": uuid.uuid4(), **data})
    assert response.status_code == status and says in response.content.decode()
    assert not Question.objects.exists()


@db
def test_blocked_words_are_who_organises_the_edition_s(session, people, http, place):
    Edition.objects.update(blocked_terms="heck")
    Role.objects.create(participant=people["outsider"], name="organiser", scope=session.room_key)
    assert http("outsider", "configure", session.pk, blocked_terms="the", anonymous_allowed="on").status_code == 200
    assert Edition.objects.get().blocked_terms == "heck" and QuestionSettings.objects.get().anonymous_allowed
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["outsider"]
    assert "blocked_terms" not in client.get(reverse("questions:board", args=[session.pk])).text
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    assert "blocked_terms" in client.get(reverse("questions:board", args=[session.pk])).text
    assert http("organiser", "configure", session.pk, blocked_terms="the\nbin").status_code == 200
    assert Edition.objects.get().blocked_terms == "the\nbin"
    record = AuditEntry.objects.get(action="edition.blocklist")
    assert record.by_id == people["organiser"].pk and record.details == {"words": 2}


@db
def test_too_many_questions_are_slowed_down(session, http):
    codes = [http("attendee", "questions", session.pk, text="?", client_id=uuid.uuid4()).status_code for _ in range(8)]
    assert codes[0] == 200 and codes[-1] == 429


@pytest.mark.parametrize(
    ("text", "terms", "is_blocked"),
    [
        ("Damn it", "damn", True),
        ("ＤＡＭＮ it", "damn", True),
        ("da\u200bmn", "damn", True),
        ("dámn", "damn", True),
        ("Amsterdamned", "damn", False),
        ("STRASSE", "straße", True),
        ("bad  words here", "Bad words", True),
        ("城市坏话吗", "坏话", True),
        ("nothing", "", False),
        ("c++ (really)", "c++", True),
        ("anything", "\n  \n", False),
        ("仕事がはかどる", "ばか", False),
        ("ばかだ", "ばか", True),
        ("ﾊﾞｶだ", "バカ", True),
        ("ば\u0336か\u0336", "ばか", True),
        ("कमी है", "कम", False),  # a vowel sign belongs to the word
        ("यह कम है", "कम", True),
        ("वकम", "कम", False),
        ("กมึ", "กม", False),
        ("d\u0336a\u0336m\u0336n\u0336", "damn", True),
        ("đámñ", "damn", True),
        ("блин, а́га", "ага", True),
        ("مُحَـمَّد", "محمد", True),
    ],
)
def test_blocklist(text, terms, is_blocked):
    assert blocked(text, terms) is is_blocked


@given(st.text(max_size=80), st.text(max_size=40))
def test_blocklist_takes_any_text_and_finds_its_own_terms(text, terms):
    blocked(text, terms)
    word = "".join(sign for sign in text if sign.isascii() and sign.isalnum())
    assert not word or blocked(f"x {word} y", f"{terms}\n{word}")


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_bounded(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_what_is_alike_is_found_in_any_script():
    others = [(1, "How do cities pay for trams?"), (2, "Who maintains the sensors?"), (3, "电车的费用由谁承担？")]
    assert most_alike("how does a city pay for the trams", others) == [1]
    assert most_alike("电车费用由谁承担", others) == [3]
    assert most_alike("Entirely different", others) == []


def test_vowel_signs_tell_questions_apart():
    assert likeness("कि", "की") < 1 and likeness("パリ", "ハリ") < 1
    assert likeness("café núria", "CAFE NURIA") == 1


@db
@pytest.mark.parametrize("separator", [",", "、", "，", "،", "；", "؛", "､", ";"])
def test_labels_part_at_the_commas_of_any_script(session, asked, http, separator):
    question = asked()
    written = separator.join(["预算", " Follow up", "\u2800", "FOLLOW UP", ""])
    assert http("moderator", "labels", question.pk, labels=written).status_code == 204
    assert Question.objects.get().label_list == ["预算", "Follow up"]


@db
@pytest.mark.parametrize("word", ["NÚRIA", "núria", "nuria", "Nu\u0301ria", "nuria pays"])
def test_the_board_finds_questions_however_they_are_written(place, session, asked, word):
    asked("Does Nu\u0301ria pay? Núria pays.")
    asked("Who else?")
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    found = client.get(reverse("questions:board", args=[session.pk]), {"q": word}).text
    assert "ria pays." in found and "Who else?" not in found


@db
def test_the_board_does_not_find_by_what_cards_do_not_say(place, session, asked, people):
    people["attendee"].organisation = "Secret Société"
    people["attendee"].save()
    asked("Mine")
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    for word in ("societe", people["attendee"].email):
        assert "Mine" not in client.get(reverse("questions:board", args=[session.pk]), {"q": word}).text


@db
def test_similar_ones_are_offered_while_typing(place, session, asked, people):
    question = asked("How do cities pay for trams?")
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["speaker"]
    address = reverse("questions:similar", args=[session.pk])
    assert b"trams" not in client.get(address, {"text": "how do cities pay for trams"}).content
    step(question.pk, "approve", people["moderator"])
    assert b"How do cities pay for trams?" in client.get(address, {"text": "how do cities pay for trams"}).content


@db
def test_links_are_clickable_only_from_staff(place, session, asked, people):
    question = asked("See http://evil.example")
    step(question.pk, "approve", people["moderator"])
    moderation.answer(question, people["speaker"], "http://speaker.example", by_staff=False)
    moderation.answer(Question.objects.get(), people["moderator"], "http://staff.example", by_staff=True)
    shown = page(place, "attendee", session)
    assert 'href="http://staff.example"' in shown and "http://speaker.example" in shown
    assert 'href="http://evil' not in shown and 'href="http://speaker' not in shown


@db
def test_export_has_states_and_times_and_no_formulas(session, asked, people):
    question = asked("=1+1")
    step(question.pk, "approve", people["moderator"])
    step(asked("Second").pk, "dismiss", people["moderator"], reason="Off topic")
    told = json.loads(export.as_json(session))["questions"]
    assert [(row["state"], bool(row["approved_at"])) for row in told] == [("approved", True), ("dismissed", False)]
    assert told[1]["reason"] == "Off topic" and told[1]["dismissed_at"]
    table = list(csv.DictReader(io.StringIO(export.as_csv(session).lstrip("\ufeff"))))
    assert table[0]["text"] == "'=1+1" and table[1]["text"] == "Second"


@db
def test_a_dismissed_question_leaves_the_page_and_the_list(place, session, asked, people):
    question = asked("Canary text")
    step(question.pk, "approve", people["moderator"])
    assert "Canary" in page(place, "anonymous", session)
    step(question.pk, "dismiss", people["moderator"], reason="Off topic")
    assert "Canary" not in page(place, "anonymous", session)
    assert Event.objects.filter(kind="questions.gone", audience="everyone").count() == 1
    assert "Off topic" in page(place, "attendee", session)
