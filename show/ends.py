"""The ends that the audience is told: when what is on air will really end, where it was promised another end."""

from collections.abc import Collection
from datetime import datetime

from sessions import events
from sessions.models import Session
from show.order import orders
from show.projection import TELLING, whole_minute


def told(stages: Collection[int]) -> dict[int, datetime]:
    """Session id -> its end as projected, to the minute, of what is on air on these stages and ends otherwise than
    promised by as much as is worth telling."""
    return {
        each.cue.key: whole_minute(each.due)
        for order in orders(stages).values()
        for each in order.projected
        if each.cue.on and abs(each.due - each.cue.finishes) >= TELLING
    }


def tell(stage_id: int) -> None:
    """What is on air on a stage may end otherwise now. The caller holds the edition."""
    on_air = list(Session.objects.on_air().filter(stage=stage_id).for_display())
    if on_air:
        events.status(on_air)
