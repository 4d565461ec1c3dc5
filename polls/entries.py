"""What the polls' entries of the log show: looked up when they are sent. No tally and no answer stands in the log."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from common.contract import Moment
from polls.data import PollCard, current_of, next_data, poll_card, presenter_data
from polls.models import PUBLIC, Poll, State
from polls.translating import translated
from sessions.models import Session

Entries = Sequence[Mapping[str, Any]]


def _polls(entries: Entries) -> dict[int, Poll]:
    polls = Poll.objects.select_related("session__edition", "session__stage__host_city", "session__late_answers")
    return polls.prefetch_related("options", "rounds").in_bulk({entry["id"] for entry in entries})


def _public(entries: Entries) -> list[Poll]:
    return [poll for poll in _polls(entries).values() if poll.state in PUBLIC]


def cards(entries: Entries) -> list[PollCard | None]:
    """The cards that everybody gets; None of polls that are not shown any more."""
    shown = {card["id"]: card for card in translated(map(poll_card, _public(entries)))}
    return [shown.get(entry["id"]) for entry in entries]


def rows(entries: Entries) -> list[dict[str, Any] | None]:
    """The rows of who runs the polls, with results, the poll of the moment and what comes next."""
    polls = _polls(entries)
    moments = {poll.session_id: _moment(poll.session) for poll in polls.values()}
    listed = translated(presenter_data([*polls.values()]))
    shown = {data["id"]: {**data, **moments[data["session"]]} for data in listed}
    return [shown.get(entry["id"]) for entry in entries]


def _moment(session: Session) -> dict[str, Any]:
    current = current_of(session)
    return {"current": current.pk if current else None, "next": next_data(session)}


def orders(entries: Entries) -> list[dict[str, Any] | None]:
    """The order of a session's polls, and what comes next."""
    sessions = Session.objects.in_bulk({entry["session"] for entry in entries})
    following = {pk: next_data(session) for pk, session in sessions.items()}
    return [{**entry, "next": following.get(entry["session"])} for entry in entries]


def moments(things: Collection[str]) -> dict[str, Moment]:
    """Poll id -> the card in the chat, of polls that everybody sees."""
    polls = Poll.objects.filter(pk__in=[int(thing) for thing in things], state__in=PUBLIC).order_by()
    rows = polls.annotate(newest=Max("rounds__number")).values_list("pk", "question", "state", "newest")
    return {
        str(pk): _card(pk, question, newest if state == State.OPEN else None) for pk, question, state, newest in rows
    }


def _card(pk: int, question: str, number: int | None) -> Moment:
    """The card of a poll, with the number of its open round."""
    icon, panel = "chart-column", "polls-panel"
    if number is None:
        return Moment(_("Poll, closed"), question, icon, panel, _("Results"))
    key = f"polls/{pk}/{number}"
    return Moment(_("Poll"), question, icon, panel, _("Answer"), _("You have answered"), key)


SOURCES: dict[str, Any] = {"polls.poll": cards, "polls.gone": None, "polls.row": rows, "polls.order": orders}
