"""What a participant has of their own in a session's Q&A, told with the first frames of a join."""

from collections import defaultdict
from typing import TypedDict

from django.db.models import UUIDField, Value

from common.contract import Place
from common.prepared import Prepared
from questions.models import Question, Upvote

_OWN = Prepared(
    lambda people, sessions: (
        Upvote.objects.filter(participant__in=people, question__session__in=sessions)
        .values_list("participant", "question__session", "question__root")
        .union(
            Question.objects.filter(asker__in=people, session__in=sessions, origin=Question.Origin.REMOTE)
            .order_by()
            .values_list("asker", "session", Value(None, UUIDField()))
        )
    )
)


class OwnQuestions(TypedDict):
    """The questions that the participant upvotes, and whether they have asked any."""

    upvoted: list[str]
    asked: bool


def own(places: list[Place]) -> list[OwnQuestions]:
    """What each participant has in each session, in the same order. One query, however many."""
    participants = {participant for participant, _ in places}
    sessions = {session for _, session in places}
    upvoted: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    asked: set[tuple[int, int]] = set()
    for participant, session, root in _OWN.ask(participants, sessions):
        if root is None:
            asked.add((participant, session))
        else:
            upvoted[participant, session].add(str(root))
    return [{"upvoted": sorted(upvoted[place]), "asked": place in asked} for place in places]
