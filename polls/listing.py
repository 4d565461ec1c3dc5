"""What the pages list: the audience's cards, the moderators' rows."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from people.models import Participant
from polls import late, visibility
from polls.answers import Sent
from polls.data import PresenterData, has_voted, poll_data, presenter_data
from polls.models import PUBLIC, Ballot, Nickname, Poll, State, Type
from polls.tally import tally
from polls.translating import translated
from sessions.models import Session
from sessions.rooms import role_for

User = Participant | AnonymousUser


def cards(session: Session, user: User) -> list[dict[str, Any]]:
    """What a person sees of a session's polls: the open one first, then the closed ones, the newest first."""
    polls = Poll.objects.filter(session=session, state__in=PUBLIC).prefetch_related("options", "rounds")
    listed = []
    for poll in polls:
        poll.session = session
        listed.append(_card(poll, user))
    return sorted(translated(listed), key=lambda data: (data["state"] == State.OPEN, data["opened_at"]), reverse=True)


def card(poll: Poll, user: User) -> dict[str, Any]:
    """One poll as a person sees it: with results if they may, with "own_answer" if it is known."""
    return translated([_card(poll, user)])[0]


def _card(poll: Poll, user: User) -> dict[str, Any]:
    the_round = poll.round
    voted = has_voted(the_round, user.pk)
    counted = tally(poll, the_round)
    results = counted if visibility.shown_to(poll, role_for(user, poll.session), voted) else None
    own = _own(the_round.ballots.filter(participant=user.pk).first()) if the_round and user.pk else None
    data = poll_data(poll, results) | {"ballots": counted["ballots"], "voted": voted, "own_answer": own or {}}
    return data | _late(poll, results is not None)


def _late(poll: Poll, shows: bool) -> dict[str, Any]:
    """What the late answers say, for who sees the result of the hall; how many there are, for everybody."""
    if late.round_of(poll) is None:
        return {"late_ballots": 0, "late_results": None}
    counted = late.counted(poll)
    return {"late_ballots": counted["ballots"], "late_results": counted if shows else None}


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
    polls = Poll.objects.filter(session=session).prefetch_related("options", "rounds")
    listed = []
    for poll in polls:
        poll.session = session
        listed.append(presenter_data(poll))
    return translated(listed)


def nickname(session: Session, user: User) -> str:
    """The participant's name on the session's leaderboard; "" when there is none yet."""
    nickname = Nickname.objects.filter(session=session, participant=user.pk).first() if user.pk else None
    return nickname.name if nickname else ""
