"""What those who planned around a session go by, and telling the features when it changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict

from common.registry import registry
from sessions.models import Session, Status


class Place(TypedDict):
    """When and where a session is. Times are ISO 8601, `stage` an id."""

    begins: str
    ends: str
    stage: int
    cancelled: bool


def place_of(session: Session) -> Place:
    """When and where the session is now."""
    return {
        "begins": session.begins.isoformat(),
        "ends": session.finishes.isoformat(),
        "stage": session.stage_id,
        "cancelled": session.status == Status.CANCELLED,
    }


def place_before(session: Session, snapshot: dict[str, Any]) -> Place:
    """When and where it was at `Session.snapshot`: a step changes neither its planned start nor its end."""
    delayed = snapshot["delayed_start"]
    begins = datetime.fromisoformat(delayed) if delayed else session.start
    return {
        "begins": begins.isoformat(),
        "ends": (begins + session.duration).isoformat(),
        "stage": snapshot["stage"],
        "cancelled": snapshot["status"] == Status.CANCELLED,
    }


def tell(changes: Iterable[tuple[Session, Place]], reworded: bool = False) -> None:
    """Tell the features, in the transaction of the changes, of the sessions of which anything changed that people
    planned around; of an edition's sessions, each with what was before."""
    told = [
        (session, {**before, "reworded": reworded})
        for session, before in changes
        if reworded or before != place_of(session)
    ]
    if told:
        for changed in registry.all("changed"):
            changed(told)
