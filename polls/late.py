"""Late answers: who watches a session's recording answers polls that were put in it, where the organisers allow it.

They are in a round of their own, LATE: no result of the hall has them. An answer is given once and not changed, so that
an anonymous one keeps nothing of whose it is (docs/polls.md).
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people import audit
from people.models import Participant
from people.refusal import Refused
from polls.answers import Paper, Sent
from polls.ballots import Vote, marks_of
from polls.models import LATE, Ballot, LateAnswers, Mark, Participation, Poll, Round, State, Type
from polls.tally import Tally, tally_all
from sessions.models import Session, Status

# A quiz is solved by then, and an open text would wait for a moderator who has gone home.
TYPES = frozenset(Type) - {Type.QUIZ, Type.TEXT}


def allow(session: Session, on: bool, by: Participant) -> None:
    """Let who watches later answer, or no longer; what was answered stays."""
    with transaction.atomic():
        if on:
            LateAnswers.objects.get_or_create(session=session)
        else:
            LateAnswers.objects.filter(session=session).delete()
        audit.record(by, "polls.allow_late", session.room_key, late=on)


def is_open(poll: Poll) -> bool:
    """Whether a poll takes late answers now."""
    fits = poll.state == State.CLOSED and poll.type in TYPES and not poll.sealed
    return fits and poll.session.status == Status.ON_DEMAND and hasattr(poll.session, "late_answers")


def round_of(poll: Poll) -> Round | None:
    """The round of the late answers; None while there are none."""
    return next((the_round for the_round in poll.rounds.all() if the_round.number == LATE), None)


def counted(polls: Sequence[Poll]) -> list[Tally]:
    """What the late answers to each poll say. A handful of queries, however many."""
    return tally_all([(poll, round_of(poll)) for poll in polls], compared=False)


def answer(poll_id: int, by: Participant, sent: Sent) -> None:
    """Store a late answer. Raises Refused for a poll that takes none, a second answer, and one that is none."""
    with transaction.atomic():
        Poll.objects.select_for_update(no_key=True).get(pk=poll_id)
        poll = Poll.objects.select_related("session__edition", "session__late_answers").get(pk=poll_id)
        if not is_open(poll):
            raise Refused(_("This poll takes no late answers."))
        own = {"round__poll": poll, "participant": by}
        if Ballot.objects.filter(**own).exists() or Participation.objects.filter(**own).exists():
            raise Refused(_("You have answered already; this poll takes one answer."))
        vote = Vote(by.pk, poll_id, sent, answer=Paper.of(poll).read(sent))
        vote.round = Round.objects.get_or_create(poll=poll, number=LATE)[0]
        named = {} if poll.anonymous else {"participant": by}
        if poll.anonymous:
            Participation.objects.create(round=vote.round, participant=by)
        vote.ballot = Ballot.objects.create(round=vote.round, abstained=vote.answer.abstained, **named)
        Mark.objects.bulk_create(marks_of(poll, vote))
