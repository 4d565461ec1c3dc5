"""The kinds of events that polls append to a session's room. They hold ids only; polls/entries.py shows them."""

from common.registry import registry
from live.audiences import EVERYONE
from live.log import append, hide
from live.models import Event
from live.volatile import touch
from polls import visibility
from polls.models import PUBLIC, Poll, Round, State
from sessions.audiences import SPEAKERS
from sessions.models import Session
from show.following import counts_changed, row_counts_changed, screen_changed


def _push(poll: Poll, name: str, audience: str = EVERYONE) -> Event:
    session, data = poll.session, {"id": poll.pk, "session": poll.session_id}
    return append(session.room_key, f"polls.{name}", data, audience=audience, parent=session.edition.room_key)


def changed(poll: Poll, before: str) -> None:
    """A poll went on from state `before`, or was edited: push to each audience what it may see."""
    poll = Poll.objects.select_related("session__edition").get(pk=poll.pk)
    if poll.state in PUBLIC:
        _push(poll, "poll")
    elif before in PUBLIC:
        _push(poll, "gone")
        hide(poll.session.room_key)  # with its answers
    if poll.round:
        tally_changed(poll, poll.round)
    if PUBLIC & {poll.state, before}:
        begins = poll.state == State.OPEN != before
        registry.tell_moment(poll.session, "polls.poll", str(poll.pk), begins)
    screen_changed(poll.session)
    row_counts_changed(poll.session)
    _push(poll, "row", SPEAKERS)


def removed(poll: Poll) -> None:
    """A draft is gone; call it before it is deleted."""
    _push(poll, "gone", SPEAKERS)
    hide(poll.session.room_key)


def ordered(session: Session) -> None:
    """ "polls.order": the order of the list has changed, or which polls are in it."""
    keys = list(Poll.objects.filter(session=session).order_by("position", "pk").values_list("pk", flat=True))
    data = {"session": session.pk, "ids": keys}
    append(session.room_key, "polls.order", data, audience=SPEAKERS, parent=session.edition.room_key)


def tally_changed(poll: Poll, the_round: Round) -> None:
    """Ballots came in or a text was judged: volatile, counted anew when it is sent."""
    touch(poll.session.room_key, "polls.tally", str(poll.pk))
    counts_changed(poll.session)
    if visibility.for_voters(poll):
        _touch_round(poll, the_round)


def _touch_round(poll: Poll, the_round: Round) -> None:
    touch(the_round.room_key, "polls.results", str(the_round.pk))
