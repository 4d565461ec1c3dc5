"""The record: every moderation and change of rights is in it, with what it was about, and it stays as it is."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chat.models import Message
from common.registry import registry
from people import account
from people.models import AuditEntry, Ban, JoinLink, Participant
from questions import asking, state
from questions.asking import Draft
from questions.models import QuestionSettings
from registration import hall
from sessions.models import Session
from tests import servers, world
from tests.polls.conftest import answered, opened, poll_of
from tests.programs import people as programs
from tests.shell import call_once

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(scope="module")
def built(kept):
    """A world with something of everything that is moderated."""
    made = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    who = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    QuestionSettings.objects.create(session=session, intake="open")
    made |= {"room": session.room_key, "whole": session.edition.room_key, "who": who}
    for name in ("pending", "published", "queued"):
        made[name] = asking.ask(session, who["attendee"], Draft(name), uuid.uuid4()).pk
    made["nameless"] = asking.ask(session, who["attendee"], Draft("nameless", anonymous=True), uuid.uuid4()).pk
    for name in ("published", "queued"):
        state.step(made[name], "approve", who["moderator"])
    state.step(made["queued"], "queue", who["moderator"])
    made["message"] = uuid.uuid4()
    Message.send(session, who["attendee"], "Hello", made["message"])
    made["text_poll"] = opened(session, type="text")
    answered(made["text_poll"], [made["people"]["attendee"]], text=["Because"])
    made["closed"] = opened(session, close=made["text_poll"])
    made["poll"] = opened(session, close=made["closed"])
    made["draft"] = poll_of(session)
    return made


def client_of(place, role):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    return client


def after(last):
    """The entries that have been made since, the oldest first."""
    return list(AuditEntry.objects.filter(pk__gt=last).order_by("pk"))


def done(place, role, name, /, *arguments, method="post", **data):
    """What is on record of one request."""
    last = AuditEntry.objects.first()
    answer = getattr(client_of(place, role), method)(reverse(name, args=arguments), data, headers={"HX-Request": "1"})
    assert answer.status_code < 400, answer.text
    found = after(last.pk if last else 0)
    assert {one.action for one in found} <= set(registry.record)
    return found


STEP = "questions:step"
# what is done: (view, its argument in the place, data) -> (action, does it say whose, details)
DEEDS = [
    (STEP, "session", {"action": "approve", "id": "pending:0"}, ("questions.approve", True, {"question": "pending"})),
    (
        STEP,
        "session",
        {"action": "dismiss", "id": "nameless:0"},
        ("questions.dismiss", False, {"question": "nameless"}),
    ),
    (STEP, "session", {"action": "undo", "id": "queued:2"}, ("questions.undo", True, {"undone": "queue"})),
    ("questions:next", "session", {"expected": ""}, ("questions.stage", True, {"question": "queued"})),
    ("questions:move", "session", {"id": "queued", "place": "0"}, ("questions.move", False, {"place": 0})),
    ("questions:intake", "session", {"intake": "automatic"}, ("questions.settings", False, {"intake": "automatic"})),
    (
        "questions:edit",
        "published",
        {"text": "New", "version": "1"},
        ("questions.edit", True, {"question": "published"}),
    ),
    ("questions:note", "published", {"text": "Look"}, ("questions.note", True, {"question": "published"})),
    ("questions:labels", "published", {"labels": "a, b"}, ("questions.label", True, {"labels": 2})),
    ("questions:answer", "published", {"text": "So"}, ("questions.reply", True, {"question": "published"})),
    ("questions:prompt", "session", {"text": "Two minutes"}, ("questions.prompt", False, {})),
    ("chat:remove", "message", {}, ("chat.remove", True, {"message": "message"})),
    ("polls:step", "poll", {"action": "close"}, ("polls.close", False, {"poll": "poll"})),
    ("polls:reset", "closed", {"count": "0"}, ("polls.reset", False, {"ballots": 0})),
    ("polls:duplicate", "poll", {}, ("polls.create", False, {})),
    ("polls:delete", "draft", {}, ("polls.delete", False, {"poll": "draft"})),
    ("polls:move", "poll", {"by": "-1"}, ("polls.move", False, {"places": -1})),
    ("polls:judge", "text_poll", {"mark": "mark", "approval": "shown"}, ("polls.judge", True, {"approval": "shown"})),
    ("polls:new", "session", {"template": "yes_no"}, ("polls.create", False, {})),
    ("sessions:change_status", "session", {"action": "prepare"}, ("session.prepare", False, {"status": "starting"})),
]


@pytest.mark.parametrize(("view", "argument", "data", "told"), DEEDS, ids=lambda one: one if type(one) is str else "")
def test_what_a_moderator_does_is_on_record(place, view, argument, data, told):
    from polls.models import Mark

    ids = {key: getattr(value, "pk", value) for key, value in place.items()} | {"mark": Mark.objects.get().pk}

    def real(text):
        key, colon, version = str(text).partition(":")
        return f"{ids[key]}{colon}{version}" if key in ids else text

    action, whose, details = told
    entry = done(place, "moderator", view, ids[argument], **{key: real(value) for key, value in data.items()})[0]
    assert (entry.by_id, entry.action, entry.scope) == (place["people"]["moderator"], action, place["room"])
    assert entry.participant_id == (place["people"]["attendee"] if whose else None)
    wanted = {key: real(value) if type(value) is str else value for key, value in details.items()}
    assert {key: str(entry.details[key]) for key in wanted} == {key: str(value) for key, value in wanted.items()}


def test_a_bulk_is_as_many_entries_and_own_steps_are_none(place):
    found = done(
        place,
        "moderator",
        STEP,
        place["session"],
        action="dismiss",
        id=[f"{place['pending']}:0", f"{place['published']}:1"],
    )
    assert {one.details["question"] for one in found} == {str(place["pending"]), str(place["published"])}
    assert done(place, "attendee", "questions:own", place["nameless"], action="withdraw") == [], (
        "it would say who asked"
    )
    assert done(place, "moderator", "questions:card", place["queued"]) == [], "looking is no moderation"


def test_organisers_settings_say_what_was_set(place):
    data = {"names_for_moderators": "on", "blocked_terms": "spam\neggs"}
    settings, words = done(place, "organiser", "questions:configure", place["session"], **data)
    assert settings.details == {"anonymous_allowed": False, "names_for_moderators": True}
    assert (words.action, words.scope, words.details) == ("edition.blocklist", place["whole"], {"words": 2})


@pytest.mark.parametrize(
    ("view", "arguments", "action", "form"),
    [
        ("questions:export", ["session", "csv"], "questions.export", "csv"),
        ("polls:export", ["session", "json"], "polls.export", "json"),
        ("polls:chart", ["poll"], "polls.export", "svg"),
    ],
)
def test_exports_are_on_record(place, view, arguments, action, form):
    ids = [getattr(place.get(one, one), "pk", place.get(one, one)) for one in arguments]
    [entry] = done(place, "moderator", view, *ids, method="get")
    assert (entry.action, entry.scope, entry.details["form"]) == (action, place["room"], form)


def test_polls_made_by_form_and_table_are_on_record(place):
    form = {"type": "text", "question": "Why?", "results": "live", "screen": "live"}
    form |= {"min_choices": 1, "max_choices": 1, "lowest": 1, "highest": 5}
    [made] = done(place, "moderator", "polls:new", place["session"], **form)
    edited = done(place, "moderator", "polls:edit", made.details["poll"], **form | {"question": "How?"})
    assert made.action == "polls.create"
    assert (edited[0].action, edited[0].details["fields"]) == ("polls.edit", ["question"])
    table = SimpleUploadedFile("polls.csv", b"type,question\ntext,Why?\ntext,How?\n")
    found = done(place, "moderator", "polls:import", place["session"], table=table)
    assert [one.action for one in found] == ["polls.create"] * 2


def test_an_entry_stands_or_falls_with_what_it_tells(place):
    last = AuditEntry.objects.first().pk
    with pytest.raises(RuntimeError), transaction.atomic():
        state.step(place["pending"], "approve", place["who"]["moderator"])
        raise RuntimeError("the process dies before the commit")
    assert after(last) == []


def test_ways_in_and_their_end_are_on_record(place):
    session = Session.objects.get(pk=place["session"])
    code = hall.show(session, timezone.now() + timedelta(hours=1), place["who"]["organiser"])
    last = AuditEntry.objects.first().pk
    guest = hall.join(code, session, "Pau")
    hall.admit(code, session, guest)
    [joined] = after(last)
    assert (joined.action, joined.scope, joined.participant_id) == ("hall.join", place["room"], guest.pk)
    [handed] = done(place, "attendee", "people:handover")
    assert (handed.action, handed.scope) == ("link.handover", place["whole"])
    assert handed.details == {"link": str(JoinLink.objects.get().pk)}
    account.delete(place["who"]["speaker"])
    ended = AuditEntry.objects.first()
    assert (ended.action, ended.scope, ended.participant_id) == (
        "account.delete",
        place["room"],
        place["people"]["speaker"],
    )
    page = client_of(place, "organiser").get(reverse("registration:record", args=[place["slug"]]))
    assert "deleted the account of" in page.text and "made a link for another device of Attendee" in page.text
    assert "joined Streets for people" in page.text


def test_the_record_keeps_no_words_about_people(place):
    attendee = place["people"]["attendee"]
    entries = done(place, "organiser", "registration:ban", place["slug"], attendee, reason="Ada shouts")
    ban = Ban.objects.get(participant=attendee)
    assert [one.details["ban"] for one in entries] == [ban.pk] and ban.reason == "Ada shouts"
    account.delete(place["who"]["attendee"])
    ban.refresh_from_db()
    told = json.dumps(list(AuditEntry.objects.values_list("details", flat=True)))
    assert ban.reason == "" and "shouts" not in told


def test_postgresql_refuses_to_change_the_record(postgres_url, tmp_path):
    env = servers.environment(tmp_path, DATABASE_URL=servers.new_database(postgres_url))
    servers.migrate(env)
    refusals = call_once(env, programs.change_the_record)
    assert len(refusals) == 3 and all("append-only" in refusal for refusal in refusals)
    servers.manage(env, "migrate", "people", "0004", "--verbosity", "0")
