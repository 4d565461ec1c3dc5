"""What the polls' entries of the log show: looked up when they are sent. No tally and no answer stands in the log."""

from collections.abc import Mapping, Sequence
from typing import Any

from polls.data import PollCard, poll_card, presenter_data, screen_data
from polls.models import PUBLIC, Poll

Entries = Sequence[Mapping[str, Any]]


def _polls(entries: Entries) -> dict[int, Poll]:
    polls = Poll.objects.select_related("session__edition", "session__stage__host_city")
    return polls.prefetch_related("options", "rounds").in_bulk({entry["id"] for entry in entries})


def cards(entries: Entries) -> list[PollCard | None]:
    """The cards that everybody gets; None of polls that are not shown any more."""
    shown = {pk: poll_card(poll) for pk, poll in _polls(entries).items() if poll.state in PUBLIC}
    return [shown.get(entry["id"]) for entry in entries]


def rows(entries: Entries) -> list[dict[str, Any] | None]:
    """The rows of who runs the polls, with results, and with what is on the stage screen."""
    polls = _polls(entries)
    screens = {poll.session_id: screen_data(poll.session) for poll in polls.values()}
    shown = {pk: {**presenter_data(poll), "screen": screens[poll.session_id]} for pk, poll in polls.items()}
    return [shown.get(entry["id"]) for entry in entries]


SOURCES: dict[str, Any] = {"polls.poll": cards, "polls.gone": None, "polls.row": rows, "polls.order": None}
