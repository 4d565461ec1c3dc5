"""What the pages list: the audience's cards, the moderators' rows."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects

from common.prepared import Prepared
from people.models import Participant
from polls import late, visibility
from polls.answers import Sent
from polls.data import PresenterData, poll_data, presenter_data
from polls.models import PUBLIC, Ballot, Nickname, Participation, Poll, Round, State, Type
from polls.quiz import leaderboard
from polls.tally import Tally, tally_all
from polls.translating import translated
from sessions.models import Session
from sessions.rooms import role_for

User = Participant | AnonymousUser


def cards(session: Session, user: User) -> list[dict[str, Any]]:
    """What a person sees of a session's polls: the open one first, then the closed ones, the newest first."""
    polls = _PUBLIC.ask(session.pk)
    for poll in polls:
        poll.session = session
    listed = translated(_cards(polls, user))
    return sorted(listed, key=lambda data: (data["state"] == State.OPEN, data["opened_at"]), reverse=True)


_PUBLIC: Prepared[Poll] = Prepared(
    lambda session: Poll.objects.filter(session=session, state__in=PUBLIC).prefetch_related("options", "rounds")
)
_ALL: Prepared[Poll] = Prepared(
    lambda session: Poll.objects.filter(session=session).prefetch_related("options", "rounds")
)


def card(poll: Poll, user: User) -> dict[str, Any]:
    """One poll as a person sees it: with results if they may, with "own_answer" if it is known."""
    prefetch_related_objects([poll], "options", "rounds")
    return translated(_cards([poll], user))[0]


def _cards(polls: list[Poll], user: User) -> list[dict[str, Any]]:
    """The cards of polls of one session. As many queries as for one, whatever their number."""
    rounds = [poll.round for poll in polls]
    mine = _answers(rounds, user)
    counted = tally_all([*zip(polls, rounds, strict=True)])
    leaders = cache(leaderboard)
    listed = []
    for poll, the_round, said, said_late in zip(polls, rounds, counted, late.counted(polls), strict=True):
        voted = the_round is not None and the_round.pk in mine
        results = said if visibility.shown_to(poll, role_for(user, poll.session), voted) else None
        own = _own(mine[the_round.pk]) if the_round and voted else None
        data = poll_data(poll, results, leaders) | {"ballots": said["ballots"], "voted": voted, "own_answer": own or {}}
        listed.append(data | _late(said_late, results is not None))
    return listed


def _answers(rounds: Collection[Round | None], user: User) -> dict[int, Ballot | None]:
    """Round -> the person's ballot, of those that they have answered; None: without a name."""
    opened = [each for each in rounds if each]
    if user.pk is None or not opened:
        return {}
    own = {"round__in": opened, "participant": user.pk}
    nameless = Participation.objects.filter(**own).values_list("round", flat=True)
    named = Ballot.objects.filter(**own).select_related("round__poll").prefetch_related("marks")
    return dict.fromkeys(nameless) | {ballot.round_id: ballot for ballot in named}


def _late(said: Tally, shows: bool) -> dict[str, Any]:
    """What the late answers say, for who sees the result of the hall; how many there are, for everybody."""
    return {"late_ballots": said["ballots"], "late_results": said if shows and said["ballots"] else None}


def _own(ballot: Ballot | None) -> Sent | None:
    """A ballot as the form had it."""
    if ballot is None:
        return None
    if ballot.abstained:
        return {"abstain": ["1"]}
    kind = ballot.round.poll.type
    sent: Sent = {}
    for mark in sorted(ballot.marks.all(), key=lambda mark: mark.number or 0):
        if kind == Type.RATING:
            sent[f"rating-{mark.option_id}" if mark.option_id else "rating"] = [str(mark.number)]
        elif mark.option_id:
            sent.setdefault("option", []).append(str(mark.option_id))
        elif kind == Type.NUMBER:
            sent["number"] = [str(mark.number)]
        else:
            sent.setdefault("word" if kind == Type.WORDS else "text", []).append(mark.text)
    return sent


def rows(session: Session) -> list[PresenterData]:
    """All polls of a session for those who run them, in their order."""
    polls = _ALL.ask(session.pk)
    for poll in polls:
        poll.session = session
    return translated(presenter_data(polls))


def nickname(session: Session, user: User) -> str:
    """The participant's name on the session's leaderboard; "" when there is none yet."""
    nickname = Nickname.objects.filter(session=session, participant=user.pk).first() if user.pk else None
    return nickname.name if nickname else ""
