"""The states of a commitment: which step leads where, who takes it, what goes with it."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from collaboration.models import OPEN_ENDED, Commitment, Report, State
from collaboration.standing import standing
from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step

S = State
SPEAK, MANAGE = "collaboration.speak", "collaboration.manage"
# What those who speak for a party do.
STEPS = {
    "propose": Step(_("Propose the text"), frozenset({S.DRAFT}), S.SIGNING, SPEAK),
    "revise": Step(_("Propose another text"), frozenset({S.SIGNING, *OPEN_ENDED}), None, SPEAK),
    "drop": Step(_("Take the proposed text back"), frozenset({S.SIGNING, *OPEN_ENDED}), None, SPEAK),
    "sign": Step(_("Sign"), frozenset({S.SIGNING, *OPEN_ENDED}), None, SPEAK),
    "report": Step(_("Report"), OPEN_ENDED, None, SPEAK),
    "finish": Step(_("Report it done"), OPEN_ENDED, S.DONE, SPEAK),
    "withdraw": Step(_("Withdraw"), frozenset({S.SIGNING, *OPEN_ENDED}), S.WITHDRAWN, SPEAK),
}
# What organisers do: a review may find that the evidence does not show it.
REVIEW_STEPS = {"reopen": Step(_("Open again"), frozenset({S.DONE}), None, MANAGE)}
# What the calendar does (following.py).
TIMED_STEPS = {
    "turn_late": Step(_("Late"), frozenset({S.TRACK}), S.LATE, MANAGE),
    "turn_silent": Step(_("Silent"), frozenset({S.TRACK, S.LATE}), S.SILENT, MANAGE),
}
LABELS = {action: step.label for action, step in (STEPS | REVIEW_STEPS | TIMED_STEPS).items()}


def _lock(pk: uuid.UUID) -> Commitment:
    Commitment.objects.select_for_update(no_key=True).get(pk=pk)
    return Commitment.objects.select_related("edition__host_city", "in_force").get(pk=pk)


def _change(
    commitment: Commitment,
    action: str,
    *,
    work: Callable[[Commitment], None] = lambda commitment: None,
    report: Report | None = None,
    reason: str = "",
    **details: Any,
) -> dict[str, Any]:
    """What goes with a step; `work` is what signing.py does to texts and signatures. `details` go on record."""
    if action in ("withdraw", "reopen") and not reason:
        raise Refused(_("Write in a few words why."), 422)
    work(commitment)
    if action in ("withdraw", "reopen"):
        commitment.reason = reason
    if action == "reopen":
        commitment.state = standing_of(commitment)
    elif report:
        commitment.reason = ""
        _hear(commitment, report)
    return details


def _hear(commitment: Commitment, report: Report) -> None:
    """A party has said something: reminders begin anew, and it stands as the calendar and the party say."""
    if report.says == Report.Says.DONE and not report.evidence:
        raise Refused(_("Done needs evidence: a link where everybody can see it."), 422)
    report.save()
    commitment.spoken_at, commitment.reminded = report.at, 0
    commitment.admits_delay = report.says == Report.Says.LATE
    commitment.state = standing_of(commitment)


def standing_of(commitment: Commitment) -> str:
    """How a commitment in force stands by the calendar of its edition's main city."""
    if commitment.spoken_at is None or commitment.due is None:
        raise ValueError("not in force")
    spoken, today = local_day(commitment, commitment.spoken_at), local_day(commitment, clock.now())
    return standing(spoken, commitment.due, today, admits_delay=commitment.admits_delay)


def local_day(commitment: Commitment, moment: datetime) -> date:
    """The day of a moment in the main city of a commitment's edition."""
    return moment.astimezone(commitment.edition.host_city.zone).date()


def _save(commitment: Commitment) -> None:
    commitment.version += 1
    commitment.save()


def record(by: Participant | None, action: str, commitment: Commitment, **details: Any) -> None:
    """Put a step on record, for the edition."""
    scope = commitment.edition.room_key
    audit.record(by, f"collaboration.{action}", scope, commitment=commitment.number, **details)


MACHINE = Machine(
    steps=STEPS | REVIEW_STEPS,
    others=TIMED_STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda commitment: {"state": commitment.state},
    record=record,
    announce=lambda commitment, before: None,  # what of it is live is a signing's (stage.py)
    impossible=_("“%(step)s” is not possible: the commitment is “%(state)s”."),
    faster=_("Somebody was faster: the commitment has changed. Look again before you go on."),
    history=lambda commitment: commitment.steps,
)
step = MACHINE.take
