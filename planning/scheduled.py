"""A release at a moment: the scheduler publishes what was chosen, as it was when it was chosen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import Participant
from people.permissions import can
from people.refusal import Refused
from planning import releasing
from planning.models import Draft
from scheduler import planning as schedule
from sessions.models import Edition

KIND = "planning.release"


@dataclass(frozen=True)
class Planned:
    """The release that an edition waits for."""

    at: datetime
    comment: str
    sessions: int


def plan(edition: Edition, drafts: Collection[int], comment: str, at: datetime, by: Participant) -> None:
    """Release these drafts (ids) at a moment; a release that was planned before gives way. The caller has locked the
    edition."""
    chosen = Draft.objects.filter(edition=edition, pk__in=drafts).order_by("pk")
    seen = [[draft.pk, draft.changed_at.isoformat()] for draft in chosen]
    data = {"edition": edition.pk, "drafts": seen, "comment": comment, "by": by.pk}
    schedule.at(at, KIND, data, key=edition.room_key)
    audit.record(by, "planning.plan", edition.room_key, until=at, sessions=len(seen))


def planned(edition: Edition) -> Planned | None:
    """The release that waits for its moment."""
    job = schedule.planned(KIND, edition.room_key)
    return Planned(job.due_at, job.data["comment"], len(job.data["drafts"])) if job else None


def drop(edition: Edition, by: Participant, seen: str) -> None:
    """Release nothing at a moment. Raises Refused when another release is planned than was `seen` (its moment)."""
    with transaction.atomic():
        Edition.locked(edition.pk)
        waiting = planned(edition)
        if waiting and waiting.at.isoformat() != seen:
            raise Refused(_("Somebody was faster with “%(title)s”. Look again.") % {"title": edition.name})
        if schedule.drop(KIND, edition.room_key):
            audit.record(by, "planning.unplan", edition.room_key)


def run(data: dict[str, Any]) -> None:
    """The job. What was drafted anew since stays drafted; what is impossible by now publishes nothing, on record."""
    by = Participant.objects.filter(pk=data["by"], is_active=True).first()
    if not Edition.objects.filter(pk=data["edition"]).exists():
        return
    edition = Edition.locked(data["edition"])
    drafts = dict(Draft.objects.filter(edition=edition).values_list("pk", "changed_at"))
    chosen = [pk for pk, changed_at in data["drafts"] if pk in drafts and drafts[pk].isoformat() == changed_at]
    try:
        if by is None or not can(by, "planning.edit", edition):
            raise Refused("")
        with transaction.atomic():
            releasing.release(edition, chosen, data["comment"], by)
    except Refused:
        audit.record(by, "planning.failed", edition.room_key)
