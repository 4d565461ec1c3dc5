"""Whether a participant reads in their own language: kept with them, and the same on all of their devices."""

from collections.abc import Sequence
from typing import Any, TypedDict

from common.contract import Place
from common.prepared import Prepared
from people.models import Participant
from translation.models import Reading

_SAID = Prepared(
    lambda people: Reading.objects.filter(participant__in=people).values_list("participant", "in_my_language")
)


class OwnReading(TypedDict, total=False):
    """Whether they read in their own language; nothing where they have never said so."""

    in_my_language: bool


def own(places: Sequence[Place]) -> list[OwnReading]:
    """What each participant has said, in the same order. One query, however many."""
    said = dict(_SAID.ask({participant for participant, _number in places}))
    return [{"in_my_language": said[who]} if who in said else {} for who, _number in places]


def export(participant: Participant) -> dict[str, Any]:
    """What they have said."""
    said = Reading.objects.filter(participant=participant).values_list("in_my_language", flat=True).first()
    return {"reads_in_own_language": said}


def forget(participant: Participant) -> None:
    """Nothing is kept of it."""
    Reading.objects.filter(participant=participant).delete()
