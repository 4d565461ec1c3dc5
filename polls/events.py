"""The kinds of events that polls append to a session's room, and the plain data that their templates show."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from live.audiences import EVERYONE
from live.log import append
from live.models import Event, Presence
from live.volatile import touch
from polls import visibility
from polls.models import PUBLIC, Ballot, Mark, Participation, Poll, Round, State, Type
from polls.quiz import leaderboard
from polls.tally import Tally, tally
from sessions.audiences import SPEAKERS
from sessions.models import Session

AFTER: dict[str, Any] = {
    "never": _("Results of this poll are not shown."),
    "voted": _("Results are shown to those who answer."),
    "closed": _("Results are shown when the poll is closed."),
    "revealed": _("Results are shown when the speaker reveals them."),
    "live": "",
}
QUEUED = 20  # open texts that wait, shown to moderators at once


def public(poll: Poll, results: Tally | None = None) -> dict[str, Any]:
    """What everybody may know of an open or closed poll; `results` only for who may see them."""
    the_round = poll.round
    solved = results is not None and poll.state == State.CLOSED
    return {
        "id": poll.pk,
        "session": poll.session_id,
        "type": poll.type,
        "question": poll.question,
        "state": poll.state,
        "round": the_round.number if the_round else 0,
        "round_key": the_round.room_key if the_round else "",
        "anonymous": poll.anonymous,
        "may_change": poll.may_change,
        "abstaining": poll.abstaining,
        "least": poll.min_choices,
        "most": poll.max_choices,
        "lowest": poll.lowest,
        "highest": poll.highest,
        "low_label": poll.low_label,
        "high_label": poll.high_label,
        "unit": poll.unit,
        "scale": list(range(1, poll.highest + 1)) if poll.type == Type.RATING else [],
        "target": poll.target if solved else None,
        "options": [
            {
                "id": option.pk,
                "text": option.text,
                "picture": option.picture_id or "",
                "right": solved and option.right,
            }
            for option in poll.options.all()
        ],
        "opened_at": the_round.opened_at.isoformat() if the_round else "",
        "closes_at": the_round.closes_at.isoformat() if the_round and the_round.closes_at else "",
        "results_when": poll.results,
        "shows": visibility.for_everyone(poll),
        "results": results,
        "leaders": leaderboard(poll.session) if solved and poll.type == Type.QUIZ else [],
    }


def card(poll: Poll) -> dict[str, Any]:
    """The card that everybody gets by the log, without results: what is hidden again must not be caught up with."""
    the_round = poll.round
    return public(poll) | {"ballots": the_round.ballots.count() if the_round else 0}


def for_presenters(poll: Poll) -> dict[str, Any]:
    """What speakers, moderators and the stage screen get: results whenever there are any, and how the poll is run."""
    counted = tally(poll, poll.round)
    data = public(poll, counted) | {
        "version": poll.version,
        "position": poll.position,
        "results_when_label": poll.get_results_display(),
        "type_label": poll.get_type_display(),
        "state_label": poll.get_state_display(),
        "revealed": poll.revealed,
        "reveals": "revealed" in (poll.results, poll.screen),
        "on_screen": visibility.on_screen(poll),
        "opens_at": poll.opens_at.isoformat() if poll.opens_at else "",
        "timezone": poll.session.stage.host_city.timezone,
        "all_ballots": Ballot.objects.filter(round__poll=poll).count(),
        "ballots": counted["ballots"],
        "waiting": waiting(poll) if poll.type == Type.TEXT else [],
        **_present(poll, counted["ballots"]),
    }
    for shown_option, option in zip(data["options"], poll.options.all(), strict=True):
        shown_option["right"] = option.right
    return data


def _present(poll: Poll, ballots: int) -> dict[str, int | None]:
    """Who follows now, and how many percent of them have answered: None when some of who answered have left."""
    present = Presence.counts([poll.session.room_key]).get(poll.session.room_key, 0)
    return {"present": present, "taking_part": round(100 * ballots / present) if 0 < present >= ballots else None}


def waiting(poll: Poll) -> list[dict[str, str]]:
    """The open texts that wait for a moderator, at most QUEUED."""
    found = Mark.objects.filter(ballot__round=poll.round, approval=Mark.Approval.PENDING)
    return [{"id": str(pk), "text": text} for pk, text in found.order_by("pk").values_list("pk", "text")[:QUEUED]]


def _push(poll: Poll, name: str, data: dict[str, Any], audience: str = EVERYONE) -> Event:
    session = poll.session
    return append(session.room_key, f"polls.{name}", data, audience=audience, parent=session.edition.room_key)


def changed(poll: Poll, before: str) -> None:
    """A poll went on from state `before`, or was edited: tell everybody what is theirs to know."""
    poll = Poll.objects.select_related("session__edition").get(pk=poll.pk)
    if poll.state in PUBLIC:
        _push(poll, "poll", card(poll))
    elif before in PUBLIC:
        _push(poll, "gone", {"id": poll.pk})
    if poll.round:
        tally_changed(poll, poll.round)
    _push(poll, "desk", for_presenters(poll) | {"screen": screen(poll.session)}, SPEAKERS)


def removed(poll: Poll) -> None:
    """A draft is gone; call it before it is deleted."""
    _push(poll, "gone", {"id": poll.pk}, SPEAKERS)


def ordered(session: Session) -> None:
    """ "polls.order": the order of the list has changed."""
    keys = list(Poll.objects.filter(session=session).order_by("position", "pk").values_list("pk", flat=True))
    data = {"session": session.pk, "ids": keys}
    append(session.room_key, "polls.order", data, audience=SPEAKERS, parent=session.edition.room_key)


def screen(session: Session) -> dict[str, Any]:
    """What the stage screen shows: the open poll, else the one closed last; results if they are for the screen."""
    found = Poll.objects.filter(session=session, state__in=PUBLIC).annotate(rounds_count=Count("rounds"))
    poll = found.filter(state=State.OPEN).first() or found.order_by("-rounds__closed_at").first()
    if poll is None:
        return {"session": session.pk, "poll": None}
    poll.session = session
    counted = tally(poll, poll.round)
    data = public(poll, counted if visibility.on_screen(poll) else None)
    return {"session": session.pk, "poll": data, "ballots": counted["ballots"]}


def tally_changed(poll: Poll, the_round: Round) -> None:
    """Ballots came in or a text was judged: volatile, counted anew when it is sent."""
    touch(poll.session.room_key, "polls.tally", str(poll.pk))
    if visibility.for_voters(poll):
        _touch_round(poll, the_round)


def _touch_round(poll: Poll, the_round: Round) -> None:
    touch(the_round.room_key, "polls.results", str(the_round.pk))


def shown(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "polls.tally" of these polls, by audience: how many ballots, and results to who may see them."""
    found = list(_polls(ids))
    everyone, presenters = [], []
    for poll in found:
        counted = tally(poll, poll.round)
        seen = counted if visibility.for_everyone(poll) else None
        if poll.state in PUBLIC:
            everyone.append(public(poll, seen) | {"ballots": counted["ballots"]})
        presenters.append(for_presenters(poll) | {"screen": screen(poll.session)})
    return {EVERYONE: {"polls": everyone}, SPEAKERS: {"polls": presenters}}


def voters(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "polls.results" of these rounds, for the rooms of those who have voted in them."""
    rounds = Round.objects.filter(pk__in=ids).select_related("poll__session__edition")
    found = [one.poll for one in rounds if one == one.poll.round and visibility.for_voters(one.poll)]
    return {EVERYONE: {"polls": [public(poll, tally(poll, poll.round)) for poll in found]}}


def _polls(ids: list[str]) -> Any:
    return Poll.objects.filter(pk__in=ids).select_related("session__edition").prefetch_related("options")


def has_voted(the_round: Round | None, participant_id: int | None) -> bool:
    """Whether a participant has answered in a round, with or without a name."""
    if the_round is None or participant_id is None:
        return False
    mine = {"round": the_round, "participant": participant_id}
    return Ballot.objects.filter(**mine).exists() or Participation.objects.filter(**mine).exists()
