"""What a participant has of their own in a session's polls, told with the first frames of a join."""

from collections import defaultdict
from typing import TypedDict

from common.contract import Place
from polls.models import Ballot, Participation


class OwnBallots(TypedDict):
    """The rounds that the participant has answered, each as "<poll>/<its number>"."""

    answered: list[str]


def own(places: list[Place]) -> list[OwnBallots]:
    """What each participant has in each session, in the same order. One query, however many."""
    answered: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    where = {
        "participant__in": {participant for participant, _ in places},
        "round__poll__session__in": {session for _, session in places},
    }
    columns = ("participant", "round__poll__session", "round__poll", "round__number")
    rows = Ballot.objects.filter(**where).values_list(*columns)
    for participant, session, poll, number in rows.union(Participation.objects.filter(**where).values_list(*columns)):
        answered[participant, session].add(f"{poll}/{number}")
    return [{"answered": sorted(answered[place])} for place in places]
