"""Casting ballots: many at once in one transaction, each with its own outcome.

A batch takes the shared lock of its polls, so that closing one waits for the batches under way and every later ballot
is refused. Existing ballots are locked in the order of their ids: two processes cannot lock each other out.
"""

import hashlib
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from common import clock
from common.prepared import Prepared
from live.commit import in_bulk
from live.outcomes import Done, Failed, Outcome
from people.refusal import Refused
from polls import events
from polls.answers import Answer, Paper, Sent, folded, secret_of
from polls.models import Ballot, Mark, Participation, Poll, Round, State, Type

_POLLS = Prepared(
    lambda ids: Poll.objects.select_related("session__edition").filter(pk__in=ids).prefetch_related("options", "rounds")
)


@dataclass
class Vote:
    """What one participant sent for one poll, and what became of it (`refused`: why it did not count)."""

    participant_id: int
    poll_id: int
    sent: Sent
    refused: Refused | None = None
    answer: Answer = field(default_factory=Answer)
    round: Round | None = None
    token: str | None = None
    ballot: Ballot | None = None


def cast_together(votes: list[Vote]) -> list[Outcome[Vote]]:
    """Cast ballots that came together, in one transaction, also with others of the moment. Returns after the commit."""
    return in_bulk("ballots", votes, _cast_batches)


def _cast_batches(batches: list[list[Vote]]) -> list[Outcome[list[Outcome[Vote]]]]:
    cast_all([vote for votes in batches for vote in votes])
    return [Done([_outcome(vote) for vote in votes]) for votes in batches]


def _outcome(vote: Vote) -> Outcome[Vote]:
    return Failed(vote.refused) if vote.refused else Done(vote)


def cast_all(votes: Sequence[Vote]) -> None:
    """Cast many in the caller's transaction or one of their own; of one participant's several the last counts."""
    with transaction.atomic(savepoint=False):
        papers = _locked({vote.poll_id for vote in votes})
        now = clock.now()
        for vote in votes:
            vote.refused = None
            try:
                _check(vote, papers.get(vote.poll_id), now)
            except Refused as refusal:
                vote.refused = refusal
        last = {(vote.participant_id, vote.poll_id): vote for vote in votes if not vote.refused}
        for poll_id, paper in papers.items():
            _store(paper, [vote for (_participant, poll), vote in last.items() if poll == poll_id], now)
        for vote in votes:  # of one's several the earlier ones share the outcome
            vote.refused = vote.refused or last[vote.participant_id, vote.poll_id].refused


def _locked(poll_ids: set[int]) -> dict[int, Paper]:
    """The polls, which nobody closes or edits until this transaction ends."""
    keys = sorted(poll_ids)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM polls_poll WHERE id = ANY(%s) ORDER BY id FOR SHARE", [keys])
    return {poll.pk: Paper.of(poll) for poll in _POLLS.ask(keys)}


def _check(vote: Vote, paper: Paper | None, now: datetime) -> None:
    """Read the vote's answer. Raises Refused."""
    if paper is None:
        raise Refused(_("There is no such poll any more."))
    rounds = list(paper.poll.rounds.all())
    if paper.poll.state != State.OPEN or not rounds[-1].takes_ballots(now):
        raise Refused(_("This poll is closed: your answer came too late."))
    vote.round = rounds[-1]
    vote.answer = paper.read(vote.sent)
    if paper.poll.anonymous:
        secret = secret_of(vote.sent) or uuid.uuid4()
        vote.token = hashlib.sha256(f"{secret}/{vote.round.pk}/{vote.participant_id}".encode()).hexdigest()


def _store(paper: Paper, votes: list[Vote], now: datetime) -> None:
    if not votes:
        return
    poll, the_round = paper.poll, votes[0].round
    assert the_round is not None
    random.shuffle(votes)  # the order of rows tells nothing of who came when
    fresh = _participate(the_round, votes) if poll.anonymous else {}
    made = {vote.participant_id: _ballot(poll, the_round, vote, now) for vote in votes}
    standing = _keep(the_round, made, fresh, poll)
    replaced = []
    for vote in votes:
        new, stored = made[vote.participant_id], standing.get(vote.participant_id)
        if stored is None:
            vote.refused = Refused(
                _("You have answered already, in another browser; without names only that one can change it.")
            )
        elif stored.pk == new.pk:
            vote.ballot = stored
        elif not poll.may_change:
            vote.refused = Refused(_("You have answered already; this poll takes one answer."))
        else:
            stored.abstained, stored.elapsed = new.abstained, new.elapsed
            vote.ballot = stored
            replaced.append(stored)
    Ballot.objects.bulk_update(replaced, ["abstained", "elapsed"])
    Mark.objects.filter(ballot__in=replaced).delete()
    Mark.objects.bulk_create([mark for vote in votes if vote.ballot for mark in marks_of(poll, vote)])
    events.tally_changed(poll, the_round)


def _participate(the_round: Round, votes: list[Vote]) -> dict[int, bool]:
    """Participant id -> whether this is the first answer in an anonymous round."""
    made = {vote.participant_id: Participation(round=the_round, participant_id=vote.participant_id) for vote in votes}
    Participation.objects.bulk_create(_ordered(made), ignore_conflicts=True)
    rows = the_round.participations.filter(participant__in=made).values_list("participant", "pk")
    return {voter: made[voter].pk == pk for voter, pk in rows}


def _ballot(poll: Poll, the_round: Round, vote: Vote, now: datetime) -> Ballot:
    if poll.anonymous:
        return Ballot(round=the_round, token=vote.token, abstained=vote.answer.abstained)
    elapsed = max(0, int((now - the_round.opened_at).total_seconds() * 1000))
    return Ballot(round=the_round, participant_id=vote.participant_id, abstained=vote.answer.abstained, elapsed=elapsed)


def _keep(the_round: Round, made: dict[int, Ballot], fresh: dict[int, bool], poll: Poll) -> dict[int, Ballot]:
    """Insert what is new; participant id -> the ballot that stands now, locked."""
    if not poll.anonymous:
        Ballot.objects.bulk_create(_ordered(made), ignore_conflicts=True)
        own = _lock(the_round.ballots.filter(participant__in=made))
        return {ballot.participant_id: ballot for ballot in own if ballot.participant_id}
    Ballot.objects.bulk_create([ballot for voter, ballot in made.items() if fresh[voter]])
    tokens = [ballot.token for ballot in made.values()]
    by_token = {ballot.token: ballot for ballot in _lock(the_round.ballots.filter(token__in=tokens))}
    return {voter: by_token[ballot.token] for voter, ballot in made.items() if ballot.token in by_token}


def _ordered(made: dict[int, Any]) -> list[Any]:
    """In the order of participants: two processes that insert the same ones wait for, not on, each other."""
    return [made[voter] for voter in sorted(made)]


def _lock(ballots: Any) -> list[Any]:
    return list(ballots.order_by("pk").select_for_update())


def marks_of(poll: Poll, vote: Vote) -> list[Mark]:
    """What a vote's ballot says, not stored yet."""
    approval = Mark.Approval.PENDING if poll.type == Type.TEXT else Mark.Approval.SHOWN
    return [
        Mark(
            ballot=vote.ballot,
            option_id=option,
            number=number,
            text=text,
            folded=folded(text) if poll.type == Type.WORDS else "",
            approval=approval,
        )
        for option, number, text in vote.answer.marks
    ]


def mix(the_round: Round) -> None:
    """Write a closed anonymous round's ballots anew in random order, without tokens: nothing leads back to anyone."""
    ballots = list(the_round.ballots.prefetch_related("marks"))
    random.shuffle(ballots)
    marks = []
    fresh = []
    for ballot in ballots:
        anew = Ballot(round=the_round, abstained=ballot.abstained)
        fresh.append(anew)
        for mark in ballot.marks.all():
            mark.pk, mark.ballot = uuid.uuid4(), anew
            marks.append(mark)
    the_round.ballots.all().delete()
    Ballot.objects.bulk_create(fresh, batch_size=1000)
    Mark.objects.bulk_create(marks, batch_size=1000)
