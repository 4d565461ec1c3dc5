"""What a participant has of their own in a session's Q&A, told with the first frames of a join."""

from collections import defaultdict
from typing import TypedDict

from questions.models import Question, Upvote

Pair = tuple[int, str]  # participant, room key


class OwnQuestions(TypedDict):
    """The questions that the participant upvotes, and whether they have asked any."""

    upvoted: list[str]
    asked: bool


def own(pairs: list[Pair]) -> list[OwnQuestions]:
    """What each participant has in each session, in the same order. Two queries, however many."""
    participants = {participant for participant, _ in pairs}
    sessions = {int(key.partition(":")[2]) for _, key in pairs}
    upvoted: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    votes = Upvote.objects.filter(participant__in=participants, question__session__in=sessions)
    for participant, session, root in votes.values_list("participant", "question__session", "question__root"):
        upvoted[participant, session].add(str(root))
    remote = Question.objects.filter(
        asker__in=participants, session__in=sessions, origin=Question.Origin.REMOTE
    ).order_by()
    asked = set(remote.values_list("asker", "session").distinct())
    places = [(participant, int(key.partition(":")[2])) for participant, key in pairs]
    return [{"upvoted": sorted(upvoted[place]), "asked": place in asked} for place in places]
