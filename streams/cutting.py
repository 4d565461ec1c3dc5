"""How recordings are cut: what is stored, what holds without it, and what the session's pauses suggest."""

from common.cuts import Cuts
from sessions import status
from sessions.models import Session
from streams.models import Recording


def cuts_of(session: Session, recording: Recording | None) -> Cuts:
    """How a recording is cut; without marks it began when the session did, and leaves nothing out."""
    marks = recording.marks if recording else None
    return Cuts((time, place) for time, place in marks) if marks else Cuts([(status.began(session).timestamp(), 0)])


def suggested(session: Session) -> list[list[float]]:
    """Marks of a recorder that stood still in the session's pauses."""
    marks: list[list[float]] = []
    place, running = 0.0, None
    steps = session.status_changes.filter(action__in=["go_live", "pause", "resume", "end"], undone_at=None)
    for action, at in steps.order_by("at").values_list("action", "at"):
        if action in ("go_live", "resume") and running is None:
            running = at.timestamp()
            marks.append([running, round(place, 3)])
        elif action in ("pause", "end") and running is not None:
            place, running = place + at.timestamp() - running, None
    return [mark for number, mark in enumerate(marks) if not number or mark[1] > marks[number - 1][1]]
