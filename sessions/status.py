"""The live status machine: which step leads where, who did it, and how it is undone."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from live.revocations import revoke_all
from people import audit
from people.models import Participant
from people.refusal import Refused
from sessions import events
from sessions.models import Session, Stage, Status, StatusChange

S = Status
BEFORE = frozenset({S.SCHEDULED, S.DELAYED, S.STARTING})

# action -> (from which statuses, to which status; None: it stays)
STEPS: dict[str, tuple[frozenset[Status], Status | None]] = {
    "delay": (BEFORE, S.DELAYED),
    "prepare": (frozenset({S.SCHEDULED, S.DELAYED}), S.STARTING),
    "go_live": (frozenset({S.STARTING}), S.LIVE),
    "pause": (frozenset({S.LIVE}), S.PAUSED),
    "resume": (frozenset({S.PAUSED}), S.LIVE),
    "end": (frozenset({S.LIVE, S.PAUSED}), S.ENDED),
    "publish": (frozenset({S.ENDED}), S.ON_DEMAND),
    "cancel": (BEFORE, S.CANCELLED),
    "move": (BEFORE | {S.LIVE, S.PAUSED}, None),
}
LABELS = {
    "delay": _("Delay"),
    "prepare": _("Prepare to start"),
    "go_live": _("Go live"),
    "pause": _("Pause"),
    "resume": _("Resume"),
    "end": _("End"),
    "publish": _("Publish on demand"),
    "cancel": _("Cancel the session"),
    "move": _("Move to another stage"),
}


def allowed(status: str) -> list[str]:
    """The actions that a session of that status may take, in the order of the machine."""
    return [action for action, (sources, _to) in STEPS.items() if status in sources]


def step(
    session_id: int,
    action: str,
    by: Participant,
    *,
    expected: str | None = None,
    new_start: datetime | None = None,
    reason: str = "",
    stage: Stage | None = None,
) -> Session:
    """Take one step and push it; raises Refused. `expected` is the status that the person saw."""
    with transaction.atomic():
        session = _locked(session_id, expected)
        if action not in STEPS or session.status not in STEPS[action][0]:
            label = LABELS.get(action, action)
            raise Refused(
                _("“%(step)s” is not possible while the session is “%(status)s”.")
                % {"step": label, "status": session.get_status_display()}
            )
        before = session.snapshot()
        _apply(session, action, new_start, reason, stage)
        session.save(update_fields=["status", "status_reason", "delayed_start", "stage"])
        StatusChange.objects.create(session=session, action=action, before=before, after=session.snapshot(), by=by)
        audit.record(by, f"session.{action}", session.room_key, **session.where_it_stands())
        _announce(session, before)
    return session


def undo(session_id: int, by: Participant, *, expected: str | None = None) -> Session:
    """Take back the newest step that still stands and push it; raises Refused when there is none."""
    with transaction.atomic():
        session = _locked(session_id, expected)
        change = last_change(session)
        if change is None:
            raise Refused(_("There is no step to undo."))
        before = session.snapshot()
        _restore(session, change.before)
        session.save(update_fields=["status", "status_reason", "delayed_start", "stage"])
        change.undone_by, change.undone_at = by, timezone.now()
        change.save(update_fields=["undone_by", "undone_at"])
        audit.record(by, "session.undo", session.room_key, undone=change.action, **session.where_it_stands())
        _announce(session, before)
    return session


def _announce(session: Session, before: dict[str, Any]) -> None:
    """Push the step; on another stage, others may follow and direct the session."""
    events.status(session)
    if before["stage"] != session.stage_id:
        revoke_all(session.room_key)


def last_change(session: Session) -> StatusChange | None:
    """The newest step that has not been undone."""
    return session.status_changes.filter(undone_at=None).select_related("by").last()


def _locked(session_id: int, expected: str | None) -> Session:
    session = Session.locked(session_id)
    if expected and session.status != expected:
        raise Refused(
            _("Somebody was faster: the session is “%(status)s” now. Look again before you go on.")
            % {"status": session.get_status_display()}
        )
    return session


def _apply(session: Session, action: str, new_start: datetime | None, reason: str, stage: Stage | None) -> None:
    if action == "delay":
        if new_start is None or new_start <= session.begins:
            raise Refused(_("The new start must be later than the present one."))
        session.delayed_start = new_start
    if action == "move":
        if stage is None or stage.edition_id != session.edition_id or stage.pk == session.stage_id:
            raise Refused(_("Choose another stage of this edition."))
        session.stage = stage
    to = STEPS[action][1]
    if to is not None:
        session.status = to
        session.status_reason = reason


def _restore(session: Session, before: dict[str, Any]) -> None:
    session.status = before["status"]
    session.status_reason = before["status_reason"]
    session.delayed_start = datetime.fromisoformat(before["delayed_start"]) if before["delayed_start"] else None
    session.stage = Stage.objects.select_related("host_city").get(pk=before["stage"])
