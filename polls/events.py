"""The kinds of events that polls append to a session's room."""

from collections.abc import Mapping
from typing import Any

from live.audiences import EVERYONE
from live.log import append
from live.models import Event
from live.volatile import touch
from polls import visibility
from polls.data import current_of, next_data, poll_card, presenter_data
from polls.models import PUBLIC, Poll, Round
from sessions.audiences import SPEAKERS
from sessions.models import Session
from show.following import counts_changed, screen_changed


def _push(poll: Poll, name: str, data: Mapping[str, Any], audience: str = EVERYONE) -> Event:
    session = poll.session
    return append(session.room_key, f"polls.{name}", dict(data), audience=audience, parent=session.edition.room_key)


def changed(poll: Poll, before: str) -> None:
    """A poll went on from state `before`, or was edited: tell everybody what is theirs to know."""
    poll = Poll.objects.select_related("session__edition").get(pk=poll.pk)
    if poll.state in PUBLIC:
        _push(poll, "poll", poll_card(poll))
    elif before in PUBLIC:
        _push(poll, "gone", {"id": poll.pk})
    if poll.round:
        tally_changed(poll, poll.round)
    screen_changed(poll.session)
    current = current_of(poll.session)
    told = {"current": current.pk if current else None, "next": next_data(poll.session)}
    _push(poll, "row", {**presenter_data(poll), **told}, SPEAKERS)


def removed(poll: Poll) -> None:
    """A draft is gone; call it before it is deleted."""
    _push(poll, "gone", {"id": poll.pk}, SPEAKERS)


def ordered(session: Session) -> None:
    """ "polls.order": the order of the list has changed, or which polls are in it."""
    keys = list(Poll.objects.filter(session=session).order_by("position", "pk").values_list("pk", flat=True))
    data = {"session": session.pk, "ids": keys, "next": next_data(session)}
    append(session.room_key, "polls.order", data, audience=SPEAKERS, parent=session.edition.room_key)


def tally_changed(poll: Poll, the_round: Round) -> None:
    """Ballots came in or a text was judged: volatile, counted anew when it is sent."""
    touch(poll.session.room_key, "polls.tally", str(poll.pk))
    counts_changed(poll.session)
    if visibility.for_voters(poll):
        _touch_round(poll, the_round)


def _touch_round(poll: Poll, the_round: Round) -> None:
    touch(the_round.room_key, "polls.results", str(the_round.pk))
