"""Every allowed and every refused step, undoing, merging, the queue and the one button."""

import uuid

import pytest

from live.models import Event
from people.refusal import Refused
from questions import asking, moderation, queue
from questions.models import Question, QuestionSettings, State
from questions.state import OWN_STEPS, STEPS, edit, next_question, step, undo
from questions.upvotes import counts, set_upvote
from tests.log import shown

pytestmark = pytest.mark.django_db
S = State


@pytest.fixture
def target(asked, people):
    return step(asked("The one that gathers").pk, "approve", people["moderator"])


def put(question, state):
    Question.objects.filter(pk=question.pk).update(state=state)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("action", [*STEPS, *OWN_STEPS])
def test_every_step_from_every_state(asked, people, target, action, state):
    question = asked()
    put(question, state)
    put(target, S.QUEUED)
    row = (STEPS | OWN_STEPS)[action]
    into = target if action == "merge" else None
    if state in row.sources:
        changed = step(question.pk, action, people["moderator"], into=into)
        assert (changed.state, changed.version) == (row.to, 1)
        assert Question.objects.get(pk=question.pk).state == row.to
        assert question.changes.get().action == action
    else:
        with pytest.raises(Refused, match="not possible"):
            step(question.pk, action, people["moderator"], into=into)
        assert Question.objects.get(pk=question.pk).state == state
        assert not question.changes.exists()


@pytest.mark.parametrize("action", STEPS)
def test_every_way_out_is_undone(asked, people, target, action):
    question = asked()
    put(target, S.QUEUED)
    for source in sorted(STEPS[action].sources):
        put(question, source)
        before = Question.objects.get(pk=question.pk).snapshot()
        step(question.pk, action, people["moderator"], into=target, reason="Off topic")
        undone = undo(question.pk, people["organiser"])
        assert {**undone.snapshot(), "position": 0} == {**before, "position": 0}
        assert question.changes.filter(undone_at=None).count() == 0
    with pytest.raises(Refused, match="no step"):
        undo(question.pk, people["organiser"])


def test_only_one_question_is_on_stage(asked, people):
    one, other = asked("One"), asked("Other")
    for question in (one, other):
        step(question.pk, "approve", people["moderator"])
        step(question.pk, "queue", people["moderator"])
    step(one.pk, "stage", people["moderator"])
    with pytest.raises(Refused, match="Another question is on stage"):
        step(other.pk, "stage", people["moderator"])
    step(one.pk, "answer", people["moderator"])
    step(other.pk, "stage", people["moderator"])
    with pytest.raises(Refused, match="Another question is on stage"):
        undo(one.pk, people["moderator"])


def test_who_was_slower_is_told(asked, people):
    question = asked()
    step(question.pk, "approve", people["moderator"], expected=0)
    with pytest.raises(Refused, match="Somebody was faster"):
        step(question.pk, "dismiss", people["organiser"], expected=0)
    assert Question.objects.get(pk=question.pk).state == S.APPROVED


def test_merging_joins_upvotes_without_counting_twice_and_is_undone(asked, people, target):
    question, third = asked("The same again"), asked("And again")
    for each in (question, third):
        step(each.pk, "approve", people["moderator"])
    set_upvote(target.pk, people["attendee"], True)
    set_upvote(question.pk, people["attendee"], True)
    set_upvote(question.pk, people["speaker"], True)
    set_upvote(third.pk, people["organiser"], True)
    step(third.pk, "merge", people["moderator"], into=question)
    step(question.pk, "merge", people["moderator"], into=target)
    assert counts([target]) == {target.pk: 3}
    set_upvote(question.pk, people["speaker"], False)  # taking it back takes it from the whole tree
    assert counts([target]) == {target.pk: 2}
    set_upvote(question.pk, people["speaker"], True)  # counts where it is looked for: at the root
    undo(question.pk, people["moderator"])
    assert counts([target, question, third]) == {target.pk: 2, question.pk: 2, third.pk: 0}
    assert Question.objects.get(pk=third.pk).root_id == question.pk


def test_merging_into_what_was_merged_reaches_the_root_and_never_itself(asked, people, target):
    question, third = asked("Two"), asked("Three")
    step(question.pk, "merge", people["moderator"], into=target)
    question.refresh_from_db()
    step(third.pk, "merge", people["moderator"], into=question)
    assert Question.objects.get(pk=third.pk).root_id == target.pk
    with pytest.raises(Refused, match="into itself"):
        step(target.pk, "merge", people["moderator"], into=Question.objects.get(pk=third.pk))


@pytest.mark.parametrize("state", [S.PENDING, S.APPROVED, S.QUEUED])
@pytest.mark.parametrize("into", [S.PENDING, S.APPROVED, S.QUEUED, S.ON_STAGE])
def test_merging_takes_nothing_back(asked, people, target, state, into):
    question = asked("The same")
    put(question, state)
    put(target, into)
    order = [S.PENDING, S.APPROVED, S.QUEUED, S.ON_STAGE]
    if order.index(into) >= order.index(state):
        assert step(question.pk, "merge", people["moderator"], into=target).root_id == target.pk
        return
    with pytest.raises(Refused, match=f"“The one that gathers” is only “{into.label}”"):
        step(question.pk, "merge", people["moderator"], into=target)
    question.refresh_from_db()
    assert (question.state, question.root_id) == (state, question.pk)


def test_undoing_merges_again_only_where_nothing_is_lost(asked, people, target):
    question = asked("The same")
    step(question.pk, "merge", people["moderator"], into=target)
    step(question.pk, "reopen", people["moderator"])
    put(target, S.PENDING)
    with pytest.raises(Refused, match="further on"):
        undo(question.pk, people["moderator"])
    put(target, S.APPROVED)
    assert undo(question.pk, people["moderator"]).state == S.MERGED


def test_the_askers_of_both_are_told(asked, people, target):
    question = asked("The same", who="speaker")
    step(question.pk, "merge", people["moderator"], into=target)
    told = shown(Event.objects.filter(kind="questions.mine", audience=f"participant:{people['speaker'].pk}"))[-1]
    assert told.shown["state"] == "merged" and told.shown["merged_text"] == "The one that gathers"
    step(target.pk, "queue", people["moderator"])
    told = shown(Event.objects.filter(kind="questions.mine", audience=f"participant:{people['speaker'].pk}"))[-1]
    assert told.shown["merged_state"] == "queued"


def test_next_moves_answered_and_next_on_stage(session, asked, people):
    moderator = people["moderator"]
    with pytest.raises(Refused, match="queue is empty"):
        next_question(session, moderator)
    one, other = asked("One"), asked("Other")
    for question in (one, other):
        step(question.pk, "approve", moderator)
        step(question.pk, "queue", moderator)
    assert next_question(session, moderator) == one
    with pytest.raises(Refused, match="Somebody was faster"):
        next_question(session, moderator)
    assert next_question(session, moderator, expected=str(one.pk)) == other
    assert next_question(session, moderator, expected=str(other.pk)) is None
    assert set(Question.objects.values_list("state", "answered_how")) == {("answered", "live")}


@pytest.mark.parametrize(
    ("origin", "before", "waiting", "place"),
    [
        ("remote", [], "", 0),
        ("hall", [], "RRR", 1),
        ("hall", ["remote"], "RR", 0),
        ("hall", ["hall"], "RR", 1),
        ("hall", [], "RHRR", 3),
        ("hall", [], "RHRHR", 5),
        ("remote", [], "RHRHRH", 6),
        ("remote", [], "HH", 1),
        ("remote", [], "RRR", 3),
    ],
)
def test_hall_and_remote_take_turns(origin, before, waiting, place):
    names = {"R": "remote", "H": "hall"}
    assert queue.turn(origin, before, [names[each] for each in waiting]) == place


@pytest.mark.parametrize("alternate", [True, False])
def test_the_hall_stands_in_the_same_queue(session, asked, people, alternate):
    QuestionSettings.objects.update(alternate=alternate)
    moderator = people["moderator"]
    for text in ("A", "B"):
        step(step(asked(text).pk, "approve", moderator).pk, "queue", moderator)
    hall = asking.add_from_hall(session, moderator, "Hall", "Ana", "Girona", uuid.uuid4())
    step(hall.pk, "queue", moderator)
    expected = ["A", "Hall", "B"] if alternate else ["A", "B", "Hall"]
    assert [each.text for each in queue.ordered(session)] == expected


def test_the_queue_is_put_in_order_by_hand(session, asked, people):
    moderator = people["moderator"]
    made = [step(step(asked(text).pk, "approve", moderator).pk, "queue", moderator) for text in "ABC"]
    assert queue.move(session, made[2].pk, 0, moderator)
    assert [each.text for each in queue.ordered(session)] == ["C", "A", "B"]
    assert queue.move(session, made[2].pk, 99, moderator)
    assert [each.text for each in queue.ordered(session)] == ["A", "B", "C"]
    step(made[0].pk, "unqueue", moderator)
    assert not queue.move(session, made[0].pk, 0, moderator)


def test_editing_keeps_the_original_and_is_undone(asked, people):
    question = asked("wat abot trams")
    edit(question.pk, "What about trams?", people["moderator"])
    edited = edit(question.pk, "What about the trams?", people["moderator"])
    assert (edited.text, edited.original) == ("What about the trams?", "wat abot trams")
    undo(question.pk, people["moderator"])
    assert undo(question.pk, people["moderator"]).snapshot()["text"] == "wat abot trams"


def test_a_written_answer_answers_and_stands_under_the_question(asked, people):
    question = step(asked().pk, "approve", people["moderator"])
    moderation.answer(question, people["speaker"], "See https://example.org", by_staff=False)
    question.refresh_from_db()
    assert (question.state, question.answered_how) == ("answered", "written")
    told = shown(Event.objects.filter(kind="questions.question"))[-1]
    assert told.shown["answers"][0]["text"] == "See https://example.org"
    moderation.answer(question, people["moderator"], "And more", by_staff=True)
    assert question.answers.count() == 2
    with pytest.raises(Refused, match="Publish"):
        moderation.answer(asked(), people["moderator"], "Too early", by_staff=True)


def test_closing_intake_does_not_lock_moderators_out_and_moderation_touches_new_ones_only(session, asked, people):
    pending = asked("Before")
    QuestionSettings.objects.update(moderated=False)
    assert Question.objects.get(pk=pending.pk).state == S.PENDING
    assert asked("After").state == S.APPROVED
    QuestionSettings.objects.update(intake="closed")
    with pytest.raises(Refused, match="closed"):
        asked("Too late")
    assert step(pending.pk, "approve", people["moderator"]).state == S.APPROVED


@pytest.mark.parametrize(
    ("intake", "status", "is_open"),
    [
        ("automatic", "scheduled", False),
        ("automatic", "starting", True),
        ("automatic", "live", True),
        ("automatic", "paused", True),
        ("automatic", "ended", False),
        ("automatic", "cancelled", False),
        ("open", "ended", True),
        ("closed", "live", False),
    ],
)
def test_intake(intake, status, is_open):
    assert QuestionSettings(intake=intake).is_open(status) is is_open
