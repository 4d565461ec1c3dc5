"""What is stored in the end, to compare with what was answered and pushed."""

from typing import Any

from polls.models import Ballot, Poll
from polls.tally import tally
from questions.models import Question
from questions.upvotes import counts


def ballots(poll: int) -> dict[str, Any]:
    """How many ballots a poll has, and what its tally says of each option."""
    found = Poll.objects.get(pk=poll)
    rows = tally(found, found.round)["rows"]
    return {
        "ballots": Ballot.objects.filter(round__poll=found).count(),
        "tally": [row["count"] for row in rows],
    }


def upvotes(session: int) -> dict[str, int]:
    """Upvotes of each published question."""
    keys = Question.objects.filter(session=session, state="approved").values_list("pk", flat=True)
    return {str(key): votes for key, votes in counts(keys).items()}
