"""The demo's show: a stage that runs late into a session that keeps its start, and one that publishes by itself."""

from datetime import timedelta

from common import clock
from common.contract import DemoCongress
from sessions.models import Session, Status, StatusChange
from show.models import Show, StageShow

LATE = timedelta(minutes=9)
AUTOMATIC = 5  # minutes


def fill(congress: DemoCongress) -> None:
    """Let the first live session have begun late, and what follows it on other stages behave in all ways."""
    for number, session in enumerate(congress.live):
        began = min(session.begins + (LATE if number == 0 else timedelta()), clock.now())
        by = congress.people["nuria"]
        stands = {"status": Status.STARTING, "status_reason": "", "delayed_start": None, "stage": session.stage_id}
        after = stands | {"status": Status.LIVE}
        StatusChange.objects.create(session=session, action="go_live", before=stands, after=after, by=by, at=began)
        following = _following(session)
        if following and number in (1, 2):
            cue = Show.Cue.HARD if number == 1 else Show.Cue.BREAK
            Show.objects.update_or_create(session=following, defaults={"cue": cue})
        if number == 3:
            StageShow.objects.update_or_create(stage=session.stage, defaults={"automatic": AUTOMATIC})


def _following(session: Session) -> Session | None:
    later = Session.objects.filter(stage=session.stage_id, start__gt=session.start)
    return later.order_by("start").first()
