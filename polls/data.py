"""What templates of the polls show, the same on pages and in events: plain data, times as ISO 8601."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypedDict

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from common import clock
from common.contract import Shown
from common.prepared import Prepared
from live.audiences import EVERYONE
from live.models import Presence
from polls import late, visibility
from polls.models import LATE, PUBLIC, Ballot, Mark, Participation, Poll, Round, State, Type
from polls.quiz import leaderboard
from polls.tally import Tally, tally, tally_all
from polls.translating import translated
from sessions.audiences import SPEAKERS
from sessions.models import Session

AFTER: dict[str, Any] = {
    "never": _("Results of this poll are not shown."),
    "voted": _("Results are shown to those who answer."),
    "closed": _("Results are shown when the poll is closed."),
    "revealed": _("Results are shown when the speaker reveals them."),
    "live": "",
    "sealed": _("This vote is secret: its result is announced, not shown here."),
}
RESULTS_STAY = timedelta(minutes=10)  # on a stage screen that follows what happens
QUEUED = 20  # open texts that wait, shown to moderators at once


class OptionData(TypedDict):
    """An option; `right` only once that may be known."""

    id: int
    text: str
    translations: Mapping[str, str] | None
    picture: Any
    right: bool


class PollData(TypedDict):
    """What everybody may know of an open or closed poll; `results` only for who may see them.

    Translations are by language, by a machine; None: no machine translates (polls/translating.py).
    """

    id: int
    session: int
    type: str
    question: str
    translations: Mapping[str, str] | None
    state: str
    round: int
    round_key: str
    anonymous: bool
    may_change: bool
    abstaining: bool
    least: int
    most: int
    lowest: Any
    highest: Any
    low_label: str
    high_label: str
    low_translations: Mapping[str, str] | None
    high_translations: Mapping[str, str] | None
    unit: str
    scale: list[int]
    target: Any
    options: list[OptionData]
    opened_at: str
    closes_at: str
    results_when: str
    shows: bool
    results: Tally | None
    leaders: list[Any]
    late: bool


class PollCard(PollData):
    """The same with the number of answers."""

    ballots: int


class WaitingText(TypedDict):
    """An open text that waits for a moderator."""

    id: str
    text: str


class Present(TypedDict):
    """Followers now, and how many percent of them have answered; None when that cannot be said."""

    present: int
    taking_part: int | None


class PresenterData(PollCard, Present):
    """What speakers, moderators and the stage screen get."""

    version: int
    position: int
    results_when_label: str
    type_label: str
    state_label: str
    revealed: bool
    sealed: bool
    reveals: bool
    on_screen: bool
    opens_at: str
    timezone: str
    all_ballots: int
    waiting: list[WaitingText]


class NextData(TypedDict):
    """What "next" does in a session: `expected` is the open poll's id, `id` the one that opens, None if none does."""

    session: int
    expected: str
    id: int | None
    question: str
    draft: bool


def poll_data(
    poll: Poll, results: Tally | None = None, leaders: Callable[[Session], list[Any]] = leaderboard
) -> PollData:
    """What everybody may know of an open or closed poll; `results` only for who may see them.

    `leaders` looks the leaderboard up, where several quizzes of a session are shown together only once.
    """
    the_round = poll.round
    solved = results is not None and poll.state == State.CLOSED
    return {
        "id": poll.pk,
        "session": poll.session_id,
        "type": poll.type,
        "question": poll.question,
        "translations": None,
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
        "low_translations": None,
        "high_translations": None,
        "unit": poll.unit,
        "scale": list(range(1, poll.highest + 1)) if poll.type == Type.RATING else [],
        "target": poll.target if solved else None,
        "options": [
            {
                "id": option.pk,
                "text": option.text,
                "translations": None,
                "picture": option.picture_id or "",
                "right": solved and option.right,
            }
            for option in poll.options.all()
        ],
        "opened_at": the_round.opened_at.isoformat() if the_round else "",
        "closes_at": the_round.closes_at.isoformat() if the_round and the_round.closes_at else "",
        "results_when": "sealed" if poll.sealed else poll.results,
        "shows": visibility.for_everyone(poll),
        "results": results,
        "leaders": leaders(poll.session) if solved and poll.type == Type.QUIZ else [],
        "late": late.is_open(poll),
    }


def poll_card(poll: Poll) -> PollCard:
    """The card that everybody gets by the log, without results: later it may be read when they are hidden again."""
    the_round = poll.round
    return {**poll_data(poll), "ballots": the_round.ballots.count() if the_round else 0}


def presenter_data(polls: Sequence[Poll], counted: Sequence[Tally] | None = None) -> list[PresenterData]:
    """What speakers, moderators and the stage screen get: results whenever there are any, and how polls are run.

    Some queries, whatever the number of polls; `counted` are their tallies, where somebody has them.
    """
    counted = counted or tally_all([(poll, poll.round) for poll in polls])
    per_poll = Ballot.objects.filter(round__poll__in=polls).values_list("round__poll")
    ballots = dict(per_poll.annotate(count=Count("pk")).order_by())
    present = Presence.counts({poll.session.room_key for poll in polls})
    return [
        _presenter_data(poll, said, ballots.get(poll.pk, 0), present.get(poll.session.room_key, 0))
        for poll, said in zip(polls, counted, strict=True)
    ]


def _presenter_data(poll: Poll, counted: Tally, all_ballots: int, present: int) -> PresenterData:
    data: PresenterData = {
        **poll_data(poll, None if poll.sealed else counted),
        "version": poll.version,
        "position": poll.position,
        "results_when_label": str(_("Sealed")) if poll.sealed else poll.get_results_display(),
        "type_label": poll.get_type_display(),
        "state_label": poll.get_state_display(),
        "revealed": poll.revealed,
        "sealed": poll.sealed,
        "reveals": not poll.sealed and "revealed" in (poll.results, poll.screen),
        "on_screen": visibility.on_screen(poll),
        "opens_at": poll.opens_at.isoformat() if poll.opens_at else "",
        "timezone": poll.session.stage.host_city.timezone,
        "all_ballots": all_ballots,
        "ballots": counted["ballots"],
        "waiting": waiting(poll) if poll.type == Type.TEXT else [],
        **_present(present, counted["ballots"]),
    }
    for option_data, option in zip(data["options"], poll.options.all(), strict=True):
        option_data["right"] = option.right
    return data


def next_data(session: Session) -> NextData:
    """What "next" does, for the words of its button."""
    current, poll = Poll.open_in(session.pk), Poll.following(session.pk)
    return {
        "session": session.pk,
        "expected": str(current.pk) if current else "",
        "id": poll.pk if poll else None,
        "question": poll.question if poll else "",
        "draft": poll is not None and poll.state == State.DRAFT,
    }


def current_of(session: Session) -> Poll | None:
    """The poll of the moment: the open one, else the one closed last."""
    poll = _OPEN.first(session.pk) or _CLOSED.first(session.pk)
    if poll:
        poll.session = session
    return poll


def _of(session: int) -> QuerySet[Poll]:
    return Poll.objects.filter(session=session, state__in=PUBLIC).annotate(rounds_count=Count("rounds"))


_OPEN = Prepared(lambda session: _of(session).filter(state=State.OPEN)[:1])
_CLOSED = Prepared(lambda session: _of(session).filter(rounds__number__gt=LATE).order_by("-rounds__closed_at")[:1])


def on_screen(session: Session) -> Shown | None:
    """What the stage screen shows of the poll of the moment; results if they are for the screen."""
    poll = current_of(session)
    if poll is None:
        return None
    counted = tally(poll, poll.round)
    data = poll_data(poll, counted if visibility.on_screen(poll) else None)
    return Shown({"poll": data, "ballots": counted["ballots"]}, _urgency(poll))


def _urgency(poll: Poll) -> int:
    """An open poll comes before everything; the results of a closed one stay for a while, unless something comes."""
    closed_at = poll.round and poll.round.closed_at
    if poll.state == State.OPEN:
        return 3
    return 1 if closed_at and clock.now() - closed_at < RESULTS_STAY else 0


def tallies(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "polls.tally" of these polls, by audience: how many ballots, and results to who may see them."""
    related = Poll.objects.select_related("session__edition", "session__stage__host_city")
    polls = list(related.filter(pk__in=ids).prefetch_related("options", "rounds"))
    counted = tally_all([(poll, poll.round) for poll in polls])
    everyone = [
        {**poll_data(poll, said if visibility.for_everyone(poll) else None), "ballots": said["ballots"]}
        for poll, said in zip(polls, counted, strict=True)
        if poll.state in PUBLIC
    ]
    presenters = presenter_data(polls, counted)
    return {EVERYONE: {"polls": translated(everyone)}, SPEAKERS: {"polls": translated(presenters)}}


def results_of_voters(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "polls.results" of these rounds, for the rooms of those who have voted in them."""
    rounds = Round.objects.filter(pk__in=ids).select_related("poll__session__edition")
    polls = [the_round.poll for the_round in rounds if the_round == the_round.poll.round]
    visible = [poll for poll in polls if visibility.for_voters(poll)]
    return {EVERYONE: {"polls": translated(poll_data(poll, tally(poll, poll.round)) for poll in visible)}}


def _present(present: int, ballots: int) -> Present:
    """Who follows now, and how many percent of them have answered: None when some of who answered have left."""
    return {"present": present, "taking_part": round(100 * ballots / present) if 0 < present >= ballots else None}


def waiting(poll: Poll) -> list[WaitingText]:
    """The open texts that wait for a moderator, at most QUEUED."""
    marks = Mark.objects.filter(ballot__round=poll.round, approval=Mark.Approval.PENDING)
    return [{"id": str(pk), "text": text} for pk, text in marks.order_by("pk").values_list("pk", "text")[:QUEUED]]


def has_voted(the_round: Round | None, participant_id: int | None) -> bool:
    """Whether a participant has answered in a round, with or without a name."""
    if the_round is None or participant_id is None:
        return False
    own = {"round": the_round, "participant": participant_id}
    return Ballot.objects.filter(**own).exists() or Participation.objects.filter(**own).exists()
