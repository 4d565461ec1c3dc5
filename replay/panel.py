"""The parts of the session page that go with a recording."""

from typing import Any

from common.contract import Recorded
from common.registry import registry
from replay import curve, data
from sessions.models import Session
from sessions.rooms import role_for

READ = "_replay_read"  # on a session: its recording and chapters, for the two parts of one page


def _of(session: Session) -> tuple[Recorded | None, list[data.ChapterData]]:
    if READ not in session.__dict__:
        recorded = registry.player().recorded(session)
        session.__dict__[READ] = recorded, data.chapters(session, recorded) if recorded else []
    found: tuple[Recorded | None, list[data.ChapterData]] = session.__dict__[READ]
    return found


def strip(page: Any, session: Session) -> dict[str, Any]:
    """The curve below the picture, with the chapters on it."""
    recorded, chapters = _of(session)
    if recorded is None:
        return {}
    drawn = curve.curve(session, recorded)
    marks = [round(each["place"] / drawn["length"] * curve.WIDTH, 1) for each in chapters]
    return {"curve": drawn, "marks": marks}


def panel(page: Any, session: Session) -> dict[str, Any]:
    """What comes along: the list, the chapters, and the moderators' slider."""
    recorded, chapters = _of(session)
    user = page["request"].user
    return {
        "session": session,
        "recorded": recorded,
        "chapters": chapters,
        "role": role_for(user, session),
        "signed_in": user.is_authenticated,
        "window": data.WINDOW,
    }
