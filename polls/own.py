"""What a participant has of their own in a session's polls, told with the first frames of a join."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, TypedDict

from common.contract import Place
from common.prepared import Prepared
from polls.models import Ballot, Participation


def _answers(model: Any, people: Collection[int], sessions: Collection[int]) -> Any:
    """Who has answered what by rows of that model."""
    rows = model.objects.filter(participant__in=people, round__poll__session__in=sessions)
    return rows.values_list("participant", "round__poll__session", "round__poll", "round__number")


_ANSWERED = Prepared(lambda *places: _answers(Ballot, *places).union(_answers(Participation, *places)))


class OwnBallots(TypedDict):
    """The rounds that the participant has answered, each as "<poll>/<its number>"."""

    answered: list[str]


def own(places: list[Place]) -> list[OwnBallots]:
    """What each participant has in each session, in the same order. One query, however many."""
    answered: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    rows = _ANSWERED.ask({participant for participant, _ in places}, {session for _, session in places})
    for participant, session, poll, number in rows:
        answered[participant, session].add(f"{poll}/{number}")
    return [{"answered": sorted(answered[place])} for place in places]
