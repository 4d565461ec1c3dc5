"""The live status of a session: which step leads where, what goes with it, and who is told."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from live.revocations import recheck_room
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from sessions import changes, events
from sessions.models import BEFORE, ON_AIR, Session, Stage, Status

S = Status
DIRECT = "session.direct"

STEPS = {
    "delay": Step(_("Delay"), BEFORE, S.DELAYED, DIRECT),
    "prepare": Step(_("Prepare to start"), frozenset({S.SCHEDULED, S.DELAYED}), S.STARTING, DIRECT),
    "go_live": Step(_("Go live"), frozenset({S.STARTING}), S.LIVE, DIRECT),
    "pause": Step(_("Pause"), frozenset({S.LIVE}), S.PAUSED, DIRECT),
    "resume": Step(_("Resume"), frozenset({S.PAUSED}), S.LIVE, DIRECT),
    "end": Step(_("End"), ON_AIR, S.ENDED, DIRECT),
    "publish": Step(_("Publish on demand"), frozenset({S.ENDED}), S.ON_DEMAND, DIRECT),
    "cancel": Step(_("Cancel the session"), BEFORE, S.CANCELLED, DIRECT),
    "move": Step(_("Move to another stage"), BEFORE | ON_AIR, None, DIRECT),
}
LABELS = {action: row.label for action, row in STEPS.items()}


def _change(
    session: Session, action: str, *, new_start: datetime | None = None, reason: str = "", stage: Stage | None = None
) -> None:
    """What goes with a step; the keywords are what `step` takes besides."""
    if action == "delay":
        if new_start is None or new_start <= session.begins:
            raise Refused(_("The new start must be later than the present one."))
        session.delayed_start = new_start
    if action == "move":
        if stage is None or stage.edition_id != session.edition_id or stage.pk == session.stage_id:
            raise Refused(_("Choose another stage of this edition."))
        session.stage = stage
    else:
        session.status_reason = reason


def _restore(session: Session, before: dict[str, Any]) -> None:
    session.status = before["status"]
    session.status_reason = before["status_reason"]
    session.delayed_start = datetime.fromisoformat(before["delayed_start"]) if before["delayed_start"] else None
    session.stage = Stage.objects.select_related("host_city").get(pk=before["stage"])


def _record(by: Participant, action: str, session: Session, **details: Any) -> None:
    audit.record(by, f"session.{action}", session.room_key, **details, **session.where_it_stands())


def _announce(session: Session, before: dict[str, Any]) -> None:
    """Push the step; on another stage, others may follow and direct the session."""
    events.status(session)
    changes.tell(session, changes.place_before(session, before))
    if before["stage"] != session.stage_id:
        recheck_room(session.room_key)


MACHINE = Machine(
    steps=STEPS,
    lock=Session.locked,  # its edition first: see there
    change=_change,
    save=lambda session: session.save(update_fields=["status", "status_reason", "delayed_start", "stage"]),
    snapshot=Session.snapshot,
    record=_record,
    announce=_announce,
    impossible=_("“%(step)s” is not possible while the session is “%(state)s”."),
    faster=_("Somebody was faster: the session is “%(state)s” now. Look again before you go on."),
    state="status",
    version="status",
    history=lambda session: session.status_changes,
    restore=_restore,
)
allowed, step, undo, last_change = MACHINE.allowed, MACHINE.take, MACHINE.undo, MACHINE.last


def began(session: Session) -> datetime:
    """When it went on air for the first time, else when it begins: recordings and their captions count from then."""
    change = session.status_changes.filter(action="go_live").order_by("at").first()
    return change.at if change else session.begins
