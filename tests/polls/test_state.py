"""The steps of a poll, every allowed and refused one; what goes with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.refusal import Refused
from polls import clock, prepare
from polls.models import Ballot, Poll, Results, Round, State
from polls.prepare import Choice, save
from polls.state import STEPS, allowed, next_poll, open_now, step
from tests.polls.conftest import answered, opened, poll_of

pytestmark = pytest.mark.django_db
EXPECTED = {
    ("draft", "schedule"): "scheduled",
    ("scheduled", "open"): "open",
    ("open", "close"): "closed",
    ("closed", "again"): "open",
    ("closed", "archive"): "archived",
}


def in_state(session, state):
    """A poll that came to that state by its steps."""
    poll = poll_of(session)
    for action in {"draft": [], "scheduled": ["schedule"], "open": ["schedule", "open"],
                   "closed": ["schedule", "open", "close"],
                   "archived": ["schedule", "open", "close", "archive"]}[state]:  # fmt: skip
        poll = step(poll.pk, action)
    assert poll.state == state
    return poll


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("action", STEPS)
def test_every_step_from_every_state(session, state, action):
    poll = in_state(session, state)
    if (state, action) in EXPECTED:
        assert step(poll.pk, action).state == EXPECTED[state, action]
        assert action in allowed(state)
    else:
        with pytest.raises(Refused, match="is not possible"):
            step(poll.pk, action)
        assert action not in allowed(state)
        poll.refresh_from_db()
        assert poll.state == state


def test_a_draft_is_opened_in_one_go(session):
    assert open_now(poll_of(session).pk).state == "open"


def test_only_one_is_open_and_the_database_says_so_too(session):
    from django.db import IntegrityError, transaction

    opened(session)
    other = poll_of(session)
    with pytest.raises(Refused, match="Another poll is open"):
        open_now(other.pk)
    other.refresh_from_db()
    assert other.state == "draft"
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=other.pk).update(state="open")


def test_who_was_slower_is_told(session):
    poll = poll_of(session)
    step(poll.pk, "schedule", expected=poll.version)
    with pytest.raises(Refused, match="faster"):
        step(poll.pk, "open", expected=poll.version)


def test_a_new_round_keeps_the_earlier_one_and_shows_the_shift(session, crowd):
    from polls.tally import tally

    poll = opened(session)
    answered(poll, crowd[:4], option=[0])
    step(poll.pk, "close")
    poll = step(poll.pk, "again")
    answered(poll, crowd[:1], option=[0])
    answered(poll, crowd[1:4], option=[1])
    rows = tally(poll, poll.round)["rows"]
    assert [(row["share"], row["before"], row["shift"]) for row in rows] == [(25, 100, -75), (75, 0, 75), (0, 0, 0)]
    assert [one.ballots.count() for one in poll.rounds.all()] == [4, 4]


def test_reset_asks_first(session, crowd):
    poll = opened(session)
    answered(poll, crowd[:3], option=[0])
    with pytest.raises(Refused, match="Close the poll"):
        step(poll.pk, "reset", count=3)
    step(poll.pk, "close")
    with pytest.raises(Refused, match="There are 3 answers"):
        step(poll.pk, "reset", count=2)
    assert Ballot.objects.count() == 3
    assert step(poll.pk, "reset", count=3).state == "scheduled"
    assert not Ballot.objects.exists() and not Round.objects.exists()


@pytest.mark.parametrize(
    ("results", "screen", "state", "possible"),
    [
        ("revealed", "live", "open", True),
        ("live", "revealed", "closed", True),
        ("live", "live", "open", False),
        ("revealed", "revealed", "scheduled", False),
        ("revealed", "revealed", "archived", False),
    ],
)
def test_reveal(session, results, screen, state, possible):
    poll = in_state(session, state)
    Poll.objects.filter(pk=poll.pk).update(results=results, screen=screen)
    if possible:
        assert step(poll.pk, "reveal").revealed and not step(poll.pk, "hide").revealed
    else:
        with pytest.raises(Refused, match="nothing to reveal"):
            step(poll.pk, "reveal")


def test_a_new_round_is_not_revealed(session):
    poll = opened(session, results=Results.REVEALED)
    step(poll.pk, "reveal")
    step(poll.pk, "close")
    assert not step(poll.pk, "again").revealed


def test_next_closes_and_opens(session):
    first, second = opened(session), poll_of(session)
    with pytest.raises(Refused, match="faster"):
        next_poll(session, expected="")
    step(second.pk, "schedule")
    assert next_poll(session, expected=str(first.pk)).pk == second.pk
    assert Poll.objects.get(pk=first.pk).state == "closed"
    assert next_poll(session, expected=str(second.pk)) is None
    with pytest.raises(Refused, match="No poll is prepared"):
        next_poll(session)


def test_the_countdown_closes_by_itself_and_refuses_from_that_moment_on(session, crowd):
    poll = opened(session, duration=60)
    the_round = poll.round
    assert the_round.closes_at - the_round.opened_at == timedelta(seconds=60)
    clock.tick()
    assert Poll.objects.get(pk=poll.pk).state == "open"
    Round.objects.update(closes_at=timezone.now())
    late = answered(poll, crowd[:1], option=[0])[0]  # nobody has closed it yet
    assert "too late" in str(late.refused)
    clock.tick()
    assert Poll.objects.get(pk=poll.pk).state == "closed"
    assert not Ballot.objects.exists()


def test_scheduled_ones_open_at_their_time_when_nothing_else_is_open(session):
    poll = poll_of(session, opens_at=timezone.now() - timedelta(seconds=1))
    step(poll.pk, "schedule")
    other = opened(session)
    clock.tick()
    assert Poll.objects.get(pk=poll.pk).state == "scheduled"
    step(other.pk, "close")
    clock.tick()
    assert Poll.objects.get(pk=poll.pk).state == "open"
    later = poll_of(session, opens_at=timezone.now() + timedelta(hours=1))
    step(later.pk, "schedule")
    step(poll.pk, "close")
    clock.tick()
    assert Poll.objects.get(pk=later.pk).state == "scheduled"


def test_options_are_frozen_after_the_first_ballot(session, crowd):
    poll = opened(session)
    choices = [Choice(option.text, option.right, option.pk) for option in poll.options.all()]
    fields = {"type": "single", "question": "Shall we then?"}
    save(session, fields, [*choices[:2], Choice("Never")], poll.pk)
    assert [option.text for option in poll.options.all()] == ["Yes", "No", "Never"]
    answered(poll, crowd[:1], option=[2])
    choices = [Choice(option.text, option.right, option.pk) for option in poll.options.all()]
    save(session, fields | {"question": "Shall we now?"}, choices, poll.pk)
    renamed = [*choices[:2], Choice("Ever", pk=choices[2].pk)]
    for wrong in (choices[:2], renamed, choices[::-1], [*choices, Choice("x")]):
        with pytest.raises(Refused, match="People have answered"):
            save(session, fields, wrong, poll.pk)
    with pytest.raises(Refused, match="People have answered"):
        save(session, fields | {"type": "multiple"}, choices, poll.pk)
    assert Poll.objects.get(pk=poll.pk).question == "Shall we now?"


def test_what_was_answered_is_not_deleted_but_archived(session):
    poll = opened(session)
    with pytest.raises(Refused, match="archive"):
        prepare.delete(poll)
    draft = poll_of(session)
    prepare.delete(draft)
    assert not Poll.objects.filter(pk=draft.pk).exists()


def test_order_and_copies(session):
    first, second = poll_of(session, question="One"), poll_of(session, question="Two")
    prepare.move(second, -1)
    assert list(session.polls.values_list("question", flat=True)) == ["Two", "One"]
    prepare.move(Poll.objects.get(pk=second.pk), -1)
    assert list(session.polls.values_list("question", flat=True)) == ["Two", "One"]
    copy = prepare.copy_of(first)
    assert (copy.state, copy.question, copy.options.count()) == ("draft", "One", 3)
    assert session.polls.last() == copy


@pytest.mark.parametrize("name", prepare.TEMPLATES)
def test_templates_make_polls_that_open(session, name):
    assert open_now(prepare.from_template(session, name).pk).state == "open"
