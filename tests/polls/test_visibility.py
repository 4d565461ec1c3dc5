"""Who sees results when: the rule as a table, and stories in which nobody sees them too early, anywhere."""

import json
import uuid
from contextlib import suppress

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from live.models import Event
from live.viewer import Viewer
from live.writes import Write
from people.models import Participant
from people.refusal import Refused
from polls import listing, rooms, state, visibility
from polls.data import results_of_voters, tallies
from polls.models import Ballot, Poll, Results
from polls.prepare import Choice, save
from polls.writes import BALLOT
from sessions.audiences import AUDIENCES
from sessions.models import Session
from tests import world
from tests.log import shown
from tests.polls.conftest import answered, opened, poll_of

# results -> who sees them, by (state, revealed): "all", "voters" or nobody
TABLE = {
    "never": {},
    "voted": {(state, revealed): "voters" for state in ("open", "closed") for revealed in (False, True)},
    "closed": {("closed", False): "all", ("closed", True): "all"},
    "live": {("open", False): "all", ("open", True): "all", ("closed", False): "all", ("closed", True): "all"},
    "revealed": {("open", True): "all", ("closed", True): "all"},
}  # fmt: skip
CASES = [
    (results, current, revealed)
    for results in Results.values
    for current in ("draft", "scheduled", "open", "closed", "archived")
    for revealed in (False, True)
]


@pytest.mark.parametrize(("results", "current", "revealed"), CASES)
def test_the_rule(results, current, revealed):
    poll = Poll(results=results, state=current, revealed=revealed)
    expected = TABLE[results].get((current, revealed))
    assert visibility.shown_to(poll, "attendee", voted=False) == (expected == "all")
    assert visibility.shown_to(poll, "attendee", voted=True) == (expected in ("all", "voters"))
    assert visibility.shown_to(poll, "speaker", voted=False) and visibility.shown_to(poll, "staff", voted=False)


@pytest.mark.parametrize(("screen", "current", "revealed"), CASES)
def test_the_stage_screen_has_its_own(screen, current, revealed):
    poll = Poll(results="never", screen=screen, state=current, revealed=revealed)
    assert visibility.on_screen(poll) == (TABLE[screen].get((current, revealed)) is not None)


KINDS = st.sampled_from(["single", "quiz", "words"])


class Leaks(RuleBasedStateMachine):
    """One poll, two voters and one who only looks; results are recognised by their keys."""

    @initialize(
        results=st.sampled_from(Results.values),
        anonymous=st.booleans(),
        kind=st.sampled_from(["single", "quiz", "words"]),
    )
    def begin(self, results, anonymous, kind):
        made = world.build()
        self.session = Session.objects.select_related("edition").get(pk=made["session"])
        fields = {
            "type": kind,
            "results": results,
            "anonymous": anonymous and kind != "quiz",
            "may_change": kind != "quiz",
        }
        self.poll = poll_of(self.session, **fields)
        self.fields = fields
        self.people = [Participant.objects.get(pk=made["people"][role]) for role in ("attendee", "organiser")]
        self.onlooker = Participant.objects.get(pk=made["people"]["outsider"])
        self.voted = {}
        self.seen = 0

    def current(self):
        return Poll.objects.get(pk=self.poll.pk)

    def attempt(self, operation, *arguments, **named):
        with suppress(Refused):
            operation(*arguments, **named)

    @rule(action=st.sampled_from([*state.STEPS]))
    def take_step(self, action):
        self.attempt(state.step, self.poll.pk, action)

    @rule(number=st.integers(0, 1))
    def go_on(self, number):
        """A step that is possible now: stories that come further."""
        actions = state.allowed(self.current().state)
        if actions:
            self.attempt(state.step, self.poll.pk, actions[number % len(actions)])

    @rule(on=st.booleans())
    def reveal(self, on):
        self.attempt(state.step, self.poll.pk, "reveal" if on else "hide")

    @rule()
    def reset(self):
        self.attempt(state.step, self.poll.pk, "reset", count=Ballot.objects.filter(round__poll=self.poll).count())

    @rule(results=st.sampled_from(Results.values))
    def decide_differently(self, results):
        poll = self.current()
        choices = [Choice(option.text, option.right, option.pk) for option in poll.options.all()]
        fields = {"results": results}
        self.attempt(save, self.session, fields, choices, poll.pk)

    @rule(who=st.integers(0, 1))
    def vote(self, who):
        fields = {"secret": [str(uuid.UUID(int=who))], "word": ["Canary"]}
        if option := self.poll.options.first():
            fields["option"] = [str(option.pk)]
        reply = BALLOT.by_socket([Write(self.people[who].pk, "en", {"poll": self.poll.pk, "fields": fields})])[0]
        the_round = self.current().round
        if reply.status == 200:
            self.voted.setdefault(the_round.pk, set()).add(self.people[who].pk)
        assert bool(reply.html and "bar" in reply.html or "cloud" in reply.html) == (
            reply.status == 200 and self.expected() == "voters"
        )
        assert (reply.viewer is not None) == (reply.status == 200 and self.expected() == "voters")

    def expected(self):
        poll = self.current()
        return TABLE[poll.results].get((poll.state, poll.revealed))

    @invariant()
    def nobody_sees_them_too_early(self):
        if not hasattr(self, "poll"):
            return
        poll, everyone = self.current(), Viewer("attendee", self.onlooker.pk, audiences=AUDIENCES["attendee"])
        pushed = tallies([str(poll.pk)])
        seen = [data for audience, data in pushed.items() if everyone.sees(audience)]
        assert shows(seen) == (self.expected() == "all")
        rounds = [str(pk) for pk in poll.rounds.values_list("pk", flat=True)]
        assert shows(results_of_voters(rounds)) == (self.expected() == "voters" and bool(rounds))
        for key in rounds:
            assert not results_of_voters([key])["everyone"]["polls"] or key == rounds[-1]

    @invariant()
    def the_rooms_of_voters_are_for_voters(self):
        if not hasattr(self, "poll"):
            return
        for the_round in self.poll.rounds.all():
            for who in [*self.people, self.onlooker, AnonymousUser()]:
                voted = who.pk in self.voted.get(the_round.pk, set())
                assert (rooms.viewer(who, the_round.room_key) is not None) == voted

    @invariant()
    def pages_and_the_log_show_no_more(self):
        if not hasattr(self, "poll"):
            return
        poll = self.current()
        if poll.state in ("open", "closed"):
            card = listing.card(poll, self.onlooker)
            assert shows(card) == (self.expected() == "all")
        onlooker = Viewer("attendee", self.onlooker.pk, audiences=AUDIENCES["attendee"])
        for event in shown(Event.objects.filter(room__key=self.session.room_key, seq__gt=self.seen)):
            if onlooker.sees(event.audience):
                assert not shows(event.shown)
            self.seen = event.seq


def shows(data):
    """Whether there are results, or right answers, anywhere in it."""
    text = json.dumps(data, default=str)  # labels of cards are in each reader's language
    return '"answered"' in text or '"right": true' in text


@pytest.mark.django_db
def test_a_voter_of_the_round_before_gets_nothing_of_the_new_one(session, crowd):
    poll = opened(session, results="voted")
    answered(poll, crowd[:1], option=[0])
    before = poll.round
    state.step(poll.pk, "close")
    poll = state.step(poll.pk, "again")
    answered(poll, crowd[1:2], option=[1])
    voters = [Participant.objects.get(pk=pk) for pk in crowd[:2]]
    assert not results_of_voters([str(before.pk)])["everyone"]["polls"]
    assert [rooms.viewer(who, poll.round.room_key) is not None for who in voters] == [False, True]
    assert [rooms.viewer(who, before.room_key) is not None for who in voters] == [True, False]  # nothing comes there
    assert [shows(listing.card(poll, who)) for who in voters] == [False, True]


@pytest.mark.django_db
def test_no_sequence_of_steps_leaks_a_result():
    run_state_machine_as_test(
        Leaks,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # a story that fails is read as it is: shrinking takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
