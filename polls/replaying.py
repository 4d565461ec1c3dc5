"""What of the polls comes back with the session's recording: each time one was put, and its result where it is for all.

Nothing is said of who leads a quiz, nor when anybody answered: no ballot carries a time.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.contract import Chapter, Happened, Replayed
from polls import visibility
from polls.data import poll_data
from polls.models import LATE, PUBLIC, Ballot, Poll, Round
from polls.tally import tally
from sessions.models import Session

MOST_CHAPTERS = 100


def _rounds(session: Session) -> "QuerySet[Round]":
    """The rounds of polls that are public now."""
    rounds = Round.objects.filter(poll__session=session, poll__state__in=PUBLIC, number__gt=LATE)
    return rounds.select_related("poll").prefetch_related("poll__options")


def between(session: Session, begin: datetime, end: datetime | None, most: int) -> Sequence[Happened]:
    """The first polls that were put in a time."""
    rounds = _rounds(session).filter(**_within("opened_at", begin, end)).order_by("opened_at", "pk")
    return [
        Happened(the_round.opened_at, f"poll-{the_round.poll_id}", "polls/_replayed.html", _shown(the_round))
        for the_round in rounds[:most]
    ]


def _shown(the_round: Round) -> dict[str, object]:
    options = [option.text for option in the_round.poll.options.all()]
    return {"question": the_round.poll.question, "round": the_round.number, "options": options, "results": None}


def results_between(session: Session, begin: datetime, end: datetime | None, most: int) -> Sequence[Happened]:
    """The first results of a time, when their polls were closed: those that everybody may see now."""
    return [
        Happened(at, f"poll-{poll.pk}", "polls/_replayed.html", _result(session, poll))
        for at, poll in _results(session, begin, end)[:most]
    ]


def _results(session: Session, begin: datetime, end: datetime | None) -> list[tuple[datetime, Poll]]:
    closed = _rounds(session).filter(**_within("closed_at", begin, end)).order_by("closed_at", "pk")
    newest = [the_round for the_round in closed if the_round == the_round.poll.round]
    return [
        (the_round.closed_at, the_round.poll)
        for the_round in newest
        if the_round.closed_at and visibility.for_everyone(the_round.poll)
    ]


def _result(session: Session, poll: Poll) -> dict[str, object]:
    poll.session = session
    return {**poll_data(poll, tally(poll, poll.round)), "leaders": []}


def results_total(session: Session, begin: datetime, end: datetime | None) -> int:
    """How many results of a time come back."""
    return len(_results(session, begin, end))


def total(session: Session, begin: datetime, end: datetime | None) -> int:
    """How often polls were put in a time."""
    return _rounds(session).filter(**_within("opened_at", begin, end)).count()


def chapters(session: Session) -> Sequence[Chapter]:
    """The polls, each time one was put."""
    rounds = _rounds(session).order_by("opened_at", "pk")[:MOST_CHAPTERS]
    return [Chapter(the_round.opened_at, the_round.poll.question, "chart-column") for the_round in rounds]


def late_between(session: Session, begin: datetime, end: datetime | None, most: int) -> Sequence[Happened]:
    """The polls that had their first late answer in a time; what these say where results are for all."""
    rounds = _late(session).filter(**_within("opened_at", begin, end)).order_by("opened_at", "pk")
    return [
        Happened(
            the_round.opened_at, f"poll-{the_round.poll_id}", "polls/_replayed.html", _late_result(session, the_round)
        )
        for the_round in rounds[:most]
    ]


def late_total(session: Session, begin: datetime, end: datetime | None) -> int:
    """How many late answers there are to polls that had their first in a time: ballots carry none."""
    rounds = _late(session).filter(**_within("opened_at", begin, end))
    return Ballot.objects.filter(round__in=rounds).count()


def _late(session: Session) -> "QuerySet[Round]":
    rounds = Round.objects.filter(poll__session=session, poll__state__in=PUBLIC, poll__sealed=False, number=LATE)
    return rounds.select_related("poll").prefetch_related("poll__options")


def _late_result(session: Session, the_round: Round) -> dict[str, object]:
    poll = the_round.poll
    poll.session = session
    said = tally(poll, the_round, compared=False)
    shown = {"results": said if visibility.for_everyone(poll) else None, "late_ballots": said["ballots"]}
    return {**poll_data(poll), **shown, "options": [], "leaders": []}


def _within(name: str, begin: datetime, end: datetime | None) -> dict[str, datetime]:
    return {f"{name}__gte": begin} | ({} if end is None else {f"{name}__lt": end})


REPLAYED = {
    "polls.poll": Replayed(_("Polls"), between, total, chapters=chapters),
    "polls.result": Replayed(_("Results"), results_between, results_total),
    "polls.late": Replayed(_("Late answers"), late_between, late_total),
}
