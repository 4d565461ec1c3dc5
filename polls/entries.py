"""What the polls' entries of the log show: looked up when they are sent. No tally and no answer stands in the log."""

from collections.abc import Mapping, Sequence
from typing import Any

from polls.data import PollCard, current_of, next_data, poll_card, presenter_data
from polls.models import PUBLIC, Poll
from sessions.models import Session

Entries = Sequence[Mapping[str, Any]]


def _polls(entries: Entries) -> dict[int, Poll]:
    polls = Poll.objects.select_related("session__edition", "session__stage__host_city")
    return polls.prefetch_related("options", "rounds").in_bulk({entry["id"] for entry in entries})


def cards(entries: Entries) -> list[PollCard | None]:
    """The cards that everybody gets; None of polls that are not shown any more."""
    shown = {pk: poll_card(poll) for pk, poll in _polls(entries).items() if poll.state in PUBLIC}
    return [shown.get(entry["id"]) for entry in entries]


def rows(entries: Entries) -> list[dict[str, Any] | None]:
    """The rows of who runs the polls, with results, the poll of the moment and what comes next."""
    polls = _polls(entries)
    moments = {poll.session_id: _moment(poll.session) for poll in polls.values()}
    shown = {pk: {**presenter_data(poll), **moments[poll.session_id]} for pk, poll in polls.items()}
    return [shown.get(entry["id"]) for entry in entries]


def _moment(session: Session) -> dict[str, Any]:
    current = current_of(session)
    return {"current": current.pk if current else None, "next": next_data(session)}


def orders(entries: Entries) -> list[dict[str, Any] | None]:
    """The order of a session's polls, and what comes next."""
    sessions = Session.objects.in_bulk({entry["session"] for entry in entries})
    following = {pk: next_data(session) for pk, session in sessions.items()}
    return [{**entry, "next": following.get(entry["session"])} for entry in entries]


SOURCES: dict[str, Any] = {"polls.poll": cards, "polls.gone": None, "polls.row": rows, "polls.order": orders}
