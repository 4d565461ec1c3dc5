"""Secret votes, for other apps (`Feature.vote`): a poll whose answers nobody's page, screen, frame or file counts.

Who put the vote counts it once it is closed, and tells what it says in their own way.
"""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from common.contract import SecretVote, VoteState
from people.models import Participant
from people.refusal import Refused
from polls import prepare, state
from polls.models import MAX_OPTION, MAX_OPTIONS, MAX_QUESTION, Mark, Poll, Results, State
from polls.prepare import Choice
from sessions.models import Session


def make(session: Session, question: str, options: list[str], by: Participant) -> tuple[int, list[int]]:
    """A draft of a single choice. Its id and those of its options. Raises Refused for fewer than two, or too many."""
    if not 2 <= len(options) <= MAX_OPTIONS:
        raise Refused(_("A vote needs 2 to %(most)d entries to choose from.") % {"most": MAX_OPTIONS})
    fields: dict[str, Any] = {"question": question[:MAX_QUESTION], "anonymous": True, "sealed": True}
    fields |= {"results": Results.NEVER, "screen": Results.NEVER}
    poll = prepare.save(session, fields, [Choice(shortened(text)) for text in options], by=by)
    return poll.pk, list(poll.options.values_list("pk", flat=True))


def shortened(text: str) -> str:
    """A text as an option has room for it."""
    return text if len(text) <= MAX_OPTION else f"{text[: MAX_OPTION - 1]}…"


def look(ids: list[int]) -> dict[int, VoteState]:
    """Where votes stand, of those that are there."""
    return {poll.pk: _standing(poll) for poll in Poll.objects.filter(pk__in=ids)}


def _standing(poll: Poll) -> VoteState:
    name = {State.OPEN: "open", State.CLOSED: "closed"}.get(State(poll.state), "waiting")
    return VoteState(name, poll.round.ballots.count() if poll.round else 0, poll.version)


def step(pk: int, action: str, by: Participant, version: int | None = None) -> None:
    """Open or close a vote; opened again, only what is answered from then on counts. Raises Refused.

    `version` is the one that the person saw.
    """
    poll = Poll.objects.filter(pk=pk).first()
    if poll is None:
        raise Refused(_("This vote is gone."))
    if action == "close":
        state.step(pk, "close", by, expected=version)
    elif poll.state == State.CLOSED:
        state.step(pk, "again", by, expected=version, owner=True)
    else:
        state.open_now(pk, by, expected=version)


def result(pk: int) -> dict[int, int]:
    """Option -> votes, of those with any. Raises Refused before the vote is closed."""
    poll = Poll.objects.select_for_update().filter(pk=pk, state=State.CLOSED).first()
    if poll is None:
        raise Refused(_("The vote is not closed."))
    marks = Mark.objects.filter(ballot__round=poll.round, option__isnull=False)
    return dict(marks.values_list("option").annotate(votes=Count("pk")))


def remove(pk: int, by: Participant) -> None:
    """Take a vote away. Raises Refused once it was opened."""
    if poll := Poll.objects.select_related("session__edition").filter(pk=pk).first():
        prepare.delete(poll, by, owner=True)


VOTE = SecretVote(make, look, step, result, remove)
