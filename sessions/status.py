"""The live status of a session: which step leads where, what goes with it, and who is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.prepared import Prepared
from live.revocations import recheck_room
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Many, Step
from sessions import changes, events
from sessions.models import BEFORE, ON_AIR, Session, Stage, Status, StatusChange

S = Status
DIRECT = "session.direct"
FIELDS = ["status", "status_reason", "delayed_start"]

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
    if before["stage"] != session.stage_id:
        session.stage = Stage.objects.select_related("host_city").get(pk=before["stage"])


def _save_all(changed: Sequence[tuple[Session, dict[str, Any]]]) -> None:
    moved = any(before["stage"] != session.stage_id for session, before in changed)
    # Not for nothing: whoever listens to the stage, as the search does, has work with it.
    Session.objects.bulk_update([session for session, _before in changed], [*FIELDS, *(["stage"] if moved else [])])


def _record(by: Participant, action: str, session: Session, **details: Any) -> None:
    _record_all(by, action, [(session, details)])


def _record_all(by: Participant | None, action: str, steps: Sequence[tuple[Session, Mapping[str, Any]]]) -> None:
    scopes = [(session.room_key, {**details, **session.where_it_stands()}) for session, details in steps]
    audit.record_all(by, f"session.{action}", scopes)


def _announce(session: Session, before: dict[str, Any]) -> None:
    _announce_all([(session, before)])


def _announce_all(told: Sequence[tuple[Session, dict[str, Any]]]) -> None:
    """Push the steps; on another stage, others may follow and direct a session."""
    events.status([session for session, _before in told])
    changes.tell([(session, changes.place_before(session, before)) for session, before in told])
    for session, before in told:
        if before["stage"] != session.stage_id:
            recheck_room(session.room_key)


MANY = Many(Session.all_locked, _save_all, StatusChange, "session", _record_all, _announce_all)


MACHINE = Machine(
    steps=STEPS,
    lock=Session.locked,  # its edition first: see there
    change=_change,
    save=lambda session: session.save(update_fields=[*FIELDS, "stage"]),
    snapshot=Session.snapshot,
    record=_record,
    announce=_announce,
    impossible=_("“%(step)s” is not possible while the session is “%(state)s”."),
    faster=_("Somebody was faster: the session is “%(state)s” now. Look again before you go on."),
    state="status",
    version="status",
    history=lambda session: session.status_changes,
    restore=_restore,
    many=MANY,
)
allowed, step, undo = MACHINE.allowed, MACHINE.take, MACHINE.undo
step_all, undo_all = MACHINE.take_all, MACHINE.undo_all


def last_change(session: Session) -> StatusChange | None:
    """The newest step that is not undone, with who took it."""
    return _LAST.first(session.pk)


_LAST: Prepared[StatusChange] = Prepared(
    lambda session: (
        StatusChange.objects.filter(session=session, undone_at=None).select_related("by").order_by("-pk")[:1]
    )
)


def began(session: Session) -> datetime:
    """When it went on air for the first time, else when it begins: recordings and their captions count from then."""
    change = session.status_changes.filter(action="go_live").order_by("at").first()
    return change.at if change else session.begins


def ended(session: Session) -> datetime:
    """When it ended, else when it is planned to: what comes later came afterwards."""
    change = session.status_changes.filter(action="end", undone_at=None).order_by("at").last()
    return change.at if change else session.finishes
