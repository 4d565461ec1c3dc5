"""What an organiser changes of a stage's day in place: a session moves, two change places, one is cancelled.

Each is made of the ordinary steps of sessions, in one transaction with one undo, and so reaches everybody whom those
reach. Nothing begins before it was promised; what follows is late then, and its ripple is offered.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from common.versions import fingerprint
from people import audit
from people.models import Participant
from people.refusal import Refused
from sessions import events, status
from sessions.models import BEFORE, Edition, Session, Stage, StatusChange
from show.models import Ripple
from show.order import Order, order_of, orders
from show.projection import whole_minute

K = Ripple.Kind
FURTHER = 3  # sessions of each other stage that one may change places with


def seen_of(session: Session) -> str:
    """Stands for where, when and in which state a session is: who changes that says what they saw."""
    return fingerprint([session.stage_id, session.begins.isoformat(), session.status])


def move(session: Session, by: Participant, seen: str, stage: Stage | None, start: datetime | None) -> Ripple:
    """Move a session to another stage, to a later start, or both. Raises Refused."""
    if stage is None and start is None:
        raise Refused(_("Choose another stage or a later start."), 422)

    def steps() -> Iterator[StatusChange]:
        held = _check(session, seen)
        if stage is not None and stage.pk != held.stage_id:
            yield _step(session, "move", by, stage=stage)
        if start is not None:
            yield _step(session, "delay", by, new_start=start)

    return _together(K.MOVE, session, by, steps)


def swap(session: Session, other: Session, by: Participant, seen: str, other_seen: str) -> Ripple:
    """Let two sessions that have not begun change places. Raises Refused.

    On two stages each takes the other's stage at its own time. On one stage the earlier one begins when the later one
    ends: that one keeps its start, for people were promised it.
    """

    def steps() -> Iterator[StatusChange]:
        held = [_check(session, seen), _check(other, other_seen)]
        for each in held:
            if each.status not in BEFORE:
                raise Refused(_("“%(title)s” has begun: it changes no places.") % {"title": each.title})
        mine, theirs = (each.stage for each in held)
        if mine != theirs:
            yield _step(session, "move", by, stage=theirs)
            yield _step(other, "move", by, stage=mine)
            return
        earlier, later = sorted(held, key=lambda each: (each.begins, each.start, each.pk))
        projected = order_of(later).of(later.pk)
        ends = max(later.finishes, projected.end) if projected else later.finishes
        yield _step(earlier, "delay", by, new_start=whole_minute(ends))

    return _together(K.SWAP, session, by, steps)


def cancel(session: Session, by: Participant, seen: str, reason: str) -> Ripple:
    """Cancel a session, with a reason that everybody reads. Raises Refused."""

    def steps() -> Iterator[StatusChange]:
        _check(session, seen)
        yield _step(session, "cancel", by, reason=reason)

    return _together(K.CANCEL, session, by, steps)


def _check(session: Session, seen: str) -> Session:
    """The session as it is, where somebody saw it like that ("": however it is)."""
    held = Session.locked(session.pk)
    if seen and seen_of(held) != seen:
        raise Refused(_("Somebody was faster with “%(title)s”. Look again.") % {"title": held.title})
    return held


def _step(session: Session, action: str, by: Participant, **given: Any) -> StatusChange:
    return cast(StatusChange, status.last_change(status.step(session.pk, action, by, **given)))


def _together(kind: str, session: Session, by: Participant, steps: Any) -> Ripple:
    with transaction.atomic():
        Edition.locked(session.edition_id)
        made = Ripple.objects.create(stage=session.stage, by=by, kind=kind)
        with events.together():
            changes = list(steps())
        if not changes:
            raise Refused(_("Choose another stage or a later start."), 422)
        made.changes.set(changes)
        audit.record(by, f"show.{kind}", session.room_key, stage=made.stage_id)
    return made


def partners(session: Session) -> list[tuple[Stage, list[Session]]]:
    """Stages with the next sessions that it may change places with, its own stage first."""
    stages = {stage.pk: stage for stage in session.edition.stages.select_related("host_city")}
    found = orders(list(stages))
    own = found.pop(session.stage_id, Order())
    rows = [(stages[session.stage_id], _ahead(own, session))]
    rows += [(stages[pk], _ahead(order, session)[:FURTHER]) for pk, order in found.items()]
    return [(stage, sessions) for stage, sessions in rows if sessions]


def _ahead(order: Order, session: Session) -> list[Session]:
    return [order.sessions[each.cue.key] for each in order.ahead if each.cue.key != session.pk]
