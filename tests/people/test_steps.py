"""The step machine by itself: every allowed and refused step, who was slower, undo, the record; nothing is left behind.

The machine here is a small one over rows of the Q&A; the machines of the features have their own tests.
"""

import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from common.registry import registry
from live.log import append
from live.models import Event
from people import audit
from people.models import AuditEntry, Participant
from people.permissions import can
from people.refusal import Refused
from people.steps import Machine, Step
from polls import state as polls
from polls.models import Poll
from questions import state as questions
from questions.models import Question
from sessions import status
from sessions.models import Session
from tests import world

pytestmark = pytest.mark.usefixtures("db")

STEPS = {
    "accept": Step("Accept", frozenset({"pending"}), "approved", "questions.moderate"),
    "return": Step("Return", frozenset({"approved"}), "pending", "questions.moderate"),
    "touch": Step(
        "Touch", frozenset({"pending", "approved"}), None, "questions.moderate", "It is too late to touch it."
    ),
}
OTHERS = {"leave": Step("Leave", frozenset({"pending"}), "withdrawn", "questions.own")}
# Written out, not taken from the table: (state, action) -> state
ALLOWED = {
    ("pending", "accept"): "approved",
    ("approved", "return"): "pending",
    ("pending", "touch"): "pending",
    ("approved", "touch"): "approved",
    ("pending", "leave"): "withdrawn",
}
LABELS = {"pending": "Waiting for the moderator", "approved": "Published", "withdrawn": "Withdrawn"}


def lock(key):
    assert connection.savepoint_ids, "the lock is taken in the machine's own transaction"
    return Question.objects.select_related("session").get(pk=key)


def change(question, action, *, text="", refuse=False):
    question.text = text or question.text
    if refuse:
        raise Refused("Not with these words.", 422)
    return {"letters": len(text)} if text else None


def save(question):
    question.version += 1
    question.save()


def record(by, action, question, **details):
    audit.record(by, f"toy.{action}", question.session.room_key, **details)


def announce(question, before):
    append(question.session.room_key, "toy.step", {"before": before["state"], "now": question.state})


def restore(question, before):
    question.state, question.text = before["state"], before["text"]


MACHINE = Machine(
    steps=STEPS,
    others=OTHERS,
    lock=lock,
    change=change,
    save=save,
    snapshot=Question.snapshot,
    record=record,
    announce=announce,
    impossible="“%(step)s” is not possible: it is “%(state)s”.",
    faster="Somebody was faster: it is “%(state)s” now.",
    history=lambda question: question.changes,
    restore=restore,
    own=frozenset({"leave"}),
)


@pytest.fixture
def moderator(place):
    return Participant.objects.get(pk=place["people"]["moderator"])


def question_of(place, state="pending", role="attendee"):
    pk = uuid.uuid4()
    asker = place["people"][role]
    Question.objects.create(pk=pk, root_id=pk, session_id=place["session"], asker_id=asker, text="Why?", state=state)
    return Question.objects.get(pk=pk)


def poll_of(place, state):
    return Poll.objects.create(session_id=place["session"], type="text", question="Why?", state=state)


@pytest.fixture
def question(place):
    return question_of(place)


def written(question):
    """All that a step may leave behind."""
    row = Question.objects.filter(pk=question.pk).values().get()
    changes = list(question.changes.values())
    return row, changes, list(AuditEntry.objects.values()), list(Event.objects.values("kind", "data"))


@pytest.mark.parametrize("state", LABELS)
@pytest.mark.parametrize("action", [*STEPS, *OTHERS, "nonsense"])
def test_every_step_from_every_state(place, moderator, state, action):
    question = question_of(place, state)
    before = written(question)
    if (state, action) not in ALLOWED:
        words = f"“{action.title()}” is not possible: it is “{LABELS[state]}”."
        words = {"touch": "It is too late to touch it.", "nonsense": words.replace("Nonsense", "nonsense")}.get(
            action, words
        )
        with pytest.raises(Refused) as refusal:
            MACHINE.take(question.pk, action, moderator)
        assert (str(refusal.value), refusal.value.status) == (words, 409)
        assert written(question) == before
        return
    now = ALLOWED[state, action]
    taken = MACHINE.take(question.pk, action, moderator, text="Why not?")
    question.refresh_from_db()
    assert (question.state, question.version, question.text) == (now, 1, "Why not?")
    assert (taken.state, taken.version) == (now, 1)
    row = question.changes.get()
    assert (row.action, row.by, row.before["state"], row.after["state"]) == (action, moderator, state, now)
    entries = [(entry.action, entry.by_id, entry.scope, entry.details) for entry in AuditEntry.objects.all()]
    recorded = [(f"toy.{action}", moderator.pk, question.session.room_key, {"letters": 8})]
    assert entries == ([] if action == "leave" else recorded)
    assert list(Event.objects.filter(kind="toy.step").values_list("data", flat=True)) == [{"before": state, "now": now}]


def test_only_what_the_table_says_is_offered():
    assert {state: MACHINE.allowed(state) for state in LABELS} == {
        "pending": ["accept", "touch"],
        "approved": ["return", "touch"],
        "withdrawn": [],
    }


@pytest.mark.parametrize("expected", [0, 2])
def test_who_saw_another_version_is_refused(question, moderator, expected):
    MACHINE.take(question.pk, "accept", moderator, expected=0)
    before = written(question)
    for operation in (MACHINE.undo, lambda *key, **seen: MACHINE.take(key[0], "touch", key[1], **seen)):
        with pytest.raises(Refused) as refusal:
            operation(question.pk, moderator, expected=expected)
        assert str(refusal.value) == "Somebody was faster: it is “Published” now."
        assert refusal.value.status == 409
    assert written(question) == before
    assert MACHINE.take(question.pk, "touch", moderator, expected=1).version == 2
    assert MACHINE.undo(question.pk, moderator, expected=2).version == 3


def test_the_state_itself_can_be_what_a_person_saw(question, moderator):
    machine = replace(MACHINE, version="state")
    machine.take(question.pk, "accept", moderator, expected="pending")
    with pytest.raises(Refused, match="faster"):
        machine.take(question.pk, "touch", moderator, expected="pending")


def test_undo_goes_back_step_by_step_and_stays_on_record(place, question, moderator):
    organiser = Participant.objects.get(pk=place["people"]["organiser"])
    MACHINE.take(question.pk, "accept", moderator)
    MACHINE.take(question.pk, "touch", moderator, text="Why not?")
    assert MACHINE.last(question).action == "touch"
    undone = MACHINE.undo(question.pk, organiser)
    assert (undone.state, undone.text, undone.version) == ("approved", "Why?", 3)
    assert MACHINE.undo(question.pk, organiser).state == "pending"
    assert MACHINE.last(question) is None
    assert [(row.action, row.undone_by) for row in question.changes.all()] == [
        ("accept", organiser),
        ("touch", organiser),
    ]
    assert all(row.undone_at for row in question.changes.all())
    entries = AuditEntry.objects.filter(action="toy.undo").order_by("pk")
    assert [(entry.by_id, entry.details) for entry in entries] == [
        (organiser.pk, {"undone": "touch"}),
        (organiser.pk, {"undone": "accept"}),
    ]
    events = list(Event.objects.filter(kind="toy.step").order_by("seq").values_list("data", flat=True))
    assert events[2:] == [{"before": "approved", "now": "approved"}, {"before": "approved", "now": "pending"}]
    before = written(question)
    with pytest.raises(Refused, match="There is no step to undo"):
        MACHINE.undo(question.pk, organiser)
    assert written(question) == before


def test_nobody_undoes_what_a_person_did_with_what_is_theirs(question, moderator):
    MACHINE.take(question.pk, "leave", question.asker)
    with pytest.raises(Refused, match="no step to undo"):
        MACHINE.undo(question.pk, moderator)
    assert Question.objects.get(pk=question.pk).state == "withdrawn"


def test_without_history_nothing_is_kept_and_nothing_undone(question, moderator):
    machine = replace(MACHINE, history=None, restore=None)
    assert machine.take(question.pk, "accept", moderator).state == "approved"
    assert not question.changes.exists() and machine.last(question) is None
    with pytest.raises(Refused, match="no step to undo"):
        machine.undo(question.pk, moderator)


def test_what_time_takes_is_nobody_s(question):
    replace(MACHINE, history=None).take(question.pk, "accept")
    assert AuditEntry.objects.get().by_id is None


def broken(*_arguments, **_details):
    raise RuntimeError("broken")


@pytest.mark.parametrize("part", ["save", "record", "announce"])
@pytest.mark.parametrize("undoing", [False, True])
def test_what_breaks_leaves_nothing_behind(question, moderator, part, undoing):
    MACHINE.take(question.pk, "accept", moderator)
    before = written(question)
    machine = replace(MACHINE, **{part: broken})
    with pytest.raises(RuntimeError):
        machine.undo(question.pk, moderator) if undoing else machine.take(question.pk, "return", moderator)
    assert written(question) == before


def test_a_change_that_refuses_leaves_nothing_behind(question, moderator):
    before = written(question)
    with pytest.raises(Refused, match="Not with these words") as refusal:
        MACHINE.take(question.pk, "accept", moderator, text="Why not?", refuse=True)
    assert refusal.value.status == 422
    assert written(question) == before


def requests(place, role):
    """How each step is asked for over HTTP: (its row, the address, what is sent)."""
    for action, row in status.STEPS.items():
        yield row, reverse("sessions:change_status", args=[place["session"]]), {"action": action}
    for action, row in questions.STEPS.items():
        question = question_of(place)
        yield row, reverse("questions:step", args=[place["session"]]), {"action": action, "id": f"{question.pk}:0"}
    edit, revise = questions.EDITS["edit"], questions.EDITS["revise"]
    address = reverse("questions:edit", args=[question_of(place).pk])
    yield edit, address, {"text": "Why not?", "version": "0"}
    for action, row in (questions.OWN_STEPS | {"revise": revise}).items():
        question = question_of(place, role=role)
        yield row, reverse("questions:own", args=[question.pk]), {"action": action, "text": "Why not?"}
    for action, row in (polls.STEPS | polls.OTHER_STEPS).items():
        poll = poll_of(place, "draft")
        name = "polls:reset" if action == "reset" else "polls:step"
        yield row, reverse(name, args=[poll.pk]), {"action": action, "version": "0", "count": "0"}


@pytest.mark.parametrize("role", ["outsider", *world.ROLES])
def test_views_ask_for_the_right_of_the_table(place, role):
    session = Session.objects.get(pk=place["session"])
    who = Participant.objects.get(pk=place["people"][role])
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    for row, address, data in requests(place, role):
        answer = client.post(address, data, headers={"HX-Request": "true"})
        assert (answer.status_code not in (403, 404)) == can(who, row.right, session), (address, data)


def test_no_step_of_a_poll_goes_by_the_way_of_another_right(place, moderator):
    """Who runs polls on stage does not delete answers."""
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["speaker"]
    poll = poll_of(place, "closed")
    data = {"action": "reset", "version": "0", "count": "0"}
    assert client.post(reverse("polls:step", args=[poll.pk]), data).status_code == 409
    assert Poll.objects.get(pk=poll.pk).state == "closed"


@pytest.mark.parametrize("machine", [status.MACHINE, questions.MACHINE, polls.MACHINE])
def test_the_tables_name_rights_and_states_that_exist(machine):
    for row in [*machine.steps.values(), *machine.others.values()]:
        assert row.right in registry.actions and row.label and row.sources
    assert not set(machine.steps) & set(machine.others)
