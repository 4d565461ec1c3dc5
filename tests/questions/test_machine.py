"""No sequence of actions by anybody breaks an invariant of the Q&A."""

import uuid
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from live.models import Event, Room
from live.viewer import Viewer
from people.models import Participant
from people.refusal import Refused
from questions import moderation, queue, state
from questions.asking import Draft, add_from_hall, ask, revise
from questions.models import PUBLIC, Question, QuestionSettings, State, Upvote
from questions.upvotes import counts, set_upvote
from sessions.audiences import AUDIENCES
from sessions.models import Session
from tests import world
from tests.log import shown

WHO = ["attendee", "speaker", "moderator", "organiser"]
who, index = st.sampled_from(WHO), st.integers(0, 4)


def begun():
    """The small congress with four questions, with which every story begins."""
    place = world.build()
    session = Session.objects.select_related("edition").get(pk=place["session"])
    people = {role: Participant.objects.get(pk=pk) for role, pk in place["people"].items()}
    QuestionSettings.objects.create(session=session, intake="open")
    for number in range(4):
        question = ask(session, people["attendee"], Draft(f"First {number}"), uuid.uuid4())
        for action in [["approve", "queue"], ["approve", "queue"], ["approve"], []][number]:
            state.step(question.pk, action, people["moderator"])
        for voter in WHO[number:] if number < 3 else []:
            set_upvote(question.pk, people[voter], True)
    return place


class QuestionsMachine(RuleBasedStateMachine):
    """Everybody does anything to any question; what is refused changes nothing."""

    place: dict

    @initialize()
    def build(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.replayed = None
        self.session = Session.objects.select_related("edition").get(pk=self.place["session"])
        self.people = {role: Participant.objects.get(pk=pk) for role, pk in self.place["people"].items()}

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def pick(self, number, **wanted):
        found = list(Question.objects.filter(session=self.session, **wanted).order_by("asked_at", "pk"))
        return found[number % len(found)] if found else None

    def attempt(self, operation, *arguments, **named):
        """Whether it was done; a refusal leaves the log as it was."""
        head = Room.heads([self.session.room_key])
        try:
            operation(*arguments, **named)
        except Refused:
            assert Room.heads([self.session.room_key]) == head
            return False
        return True

    @rule(who=who, anonymous=st.booleans())
    def ask(self, who, anonymous):
        words = Draft(f"Question of {who}", anonymous)
        self.attempt(ask, self.session, self.people[who], words, uuid.uuid4())

    @rule()
    def ask_in_the_hall(self):
        add_from_hall(self.session, self.people["moderator"], "From the hall", "Ana", "Girona", uuid.uuid4())

    @rule(number=index, who=who, wanted=st.booleans())
    def upvote(self, number, who, wanted):
        if question := self.pick(number):
            self.attempt(set_upvote, question.pk, self.people[who], wanted)

    @rule(number=index, choice=st.integers(0, 9), other=index, who=who)
    def step_that_is_possible(self, number, choice, other, who):
        if (question := self.pick(number)) and (actions := state.allowed(question.state)):
            action = actions[choice % len(actions)]
            into = self.pick(other) if action == "merge" else None
            self.attempt(state.step, question.pk, action, self.people[who], into=into, reason="Because")

    @rule(number=index)
    def bring_on_stage(self, number):
        if question := self.pick(number, state=State.QUEUED):
            self.attempt(state.step, question.pk, "stage", self.people["moderator"])

    @rule(number=index)
    def part(self, number):
        if question := self.pick(number, state=State.MERGED):
            self.attempt(state.undo, question.pk, self.people["moderator"])

    @rule(number=index, other=index)
    def merge(self, number, other):
        question, into = self.pick(number), self.pick(other)
        self.attempt(state.step, question.pk, "merge", self.people["moderator"], into=into)

    @rule(number=index, action=st.sampled_from([*state.STEPS, *state.OWN_STEPS]), other=index, who=who)
    def step(self, number, action, other, who):
        if question := self.pick(number):
            into = self.pick(other) if action == "merge" else None
            self.attempt(state.step, question.pk, action, self.people[who], into=into, reason="Because")

    @rule(number=index, stale=st.integers(0, 2))
    def step_of_who_saw_an_older_version(self, number, stale):
        question = self.pick(number)
        if question and stale:
            expected = question.version - stale
            assert not self.attempt(state.step, question.pk, "approve", self.people["moderator"], expected=expected)

    @rule(number=index)
    def undo(self, number):
        if question := self.pick(number):
            self.attempt(state.undo, question.pk, self.people["moderator"])

    @rule()
    def next(self):
        current = Question.objects.filter(session=self.session, state=State.ON_STAGE).first()
        expected = str(current.pk) if current else ""
        self.attempt(state.next_question, self.session, self.people["moderator"], expected=expected)

    @rule(number=index, place=st.integers(0, 5))
    def move(self, number, place):
        if question := self.pick(number):
            queue.move(self.session, question.pk, place, self.people["moderator"])

    @rule(number=index, who=who)
    def edit_or_revise(self, number, who):
        if question := self.pick(number):
            self.attempt(revise, question.pk, self.people[who], Draft("Mine again"))
            self.attempt(state.edit, question.pk, "Edited", self.people["moderator"])

    @rule(number=index)
    def answer(self, number):
        if question := self.pick(number):
            self.attempt(moderation.answer, question, self.people["speaker"], "Because", False)

    @rule(moderated=st.booleans(), intake=st.sampled_from(["open", "closed"]))
    def run_it_differently(self, moderated, intake):
        before = list(Question.objects.values_list("pk", "state"))
        QuestionSettings.objects.filter(session=self.session).update(moderated=moderated, intake=intake)
        assert list(Question.objects.values_list("pk", "state")) == before

    @invariant()
    def one_on_stage_at_most(self):
        if hasattr(self, "session"):
            assert Question.objects.filter(session=self.session, state=State.ON_STAGE).count() <= 1

    @invariant()
    def counts_are_those_of_the_rows(self):
        if not hasattr(self, "session"):
            return
        roots = dict(Question.objects.filter(session=self.session).values_list("pk", "root"))
        people = {(roots[question], who) for question, who in Upvote.objects.values_list("question", "participant")}
        assert counts(roots) == dict.fromkeys(roots, 0) | Counter(root for root, _who in people)

    @invariant()
    def merged_ones_hang_together(self):
        if not hasattr(self, "session"):
            return
        for one in Question.objects.filter(session=self.session).select_related("root", "merged_into__root"):
            assert (one.state == State.MERGED) == (one.merged_into_id is not None)
            assert one.root_id == (one.merged_into.root_id if one.merged_into else one.pk)
            assert one.root.merged_into_id is None

    def what_frames_are_made_of(self):
        """While it is the same, the log shows the same."""
        rows = Question.objects.filter(session=self.session).order_by("pk").values_list()
        return Room.heads([self.session.room_key]), list(rows)

    @invariant()
    def nothing_hidden_is_in_a_frame_to_others(self):
        """Replays the log: whoever is neither asker nor staff knows public questions only."""
        if not hasattr(self, "session") or self.replayed == (shown_of := self.what_frames_are_made_of()):
            return
        self.replayed = shown_of
        onlooker = Viewer("attendee", -1, audiences=AUDIENCES["attendee"])
        public: set[str] = set()
        events = Event.objects.filter(room__key=self.session.room_key).order_by("seq")
        for event in shown(event for event in events if onlooker.sees(event.audience)):
            if event.shown is not None:
                assert event.shown.get("state", "approved") in PUBLIC
                assert not event.shown.get("anonymous") or event.shown["name"] == ""
                (public.discard if event.kind == "questions.gone" else public.add)(event.shown.get("id", ""))
        hidden = Question.objects.filter(session=self.session).exclude(state__in=PUBLIC)
        assert not public & {str(pk) for pk in hidden.values_list("pk", flat=True)}


@pytest.mark.django_db
def test_no_sequence_breaks_an_invariant():
    QuestionsMachine.place = begun()
    run_state_machine_as_test(
        QuestionsMachine,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # a story that fails is read as it is: shrinking takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
