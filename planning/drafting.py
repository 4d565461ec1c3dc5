"""What organisers do to the draft. The edition is locked by each, so that no two overtake each other."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from planning.models import Draft
from planning.published import HEAVY
from planning.times import moments
from planning.working import NEW_ONLY, Item, Values, items_of, utc
from sessions.models import BEFORE, Edition

MOST_COPIES = 500


def put(edition: Edition, item: Item | None, values: Values, by: Participant | None) -> Draft | None:
    """Lay values over a session, or make a new one of them; the draft, or None when nothing differs any more.

    The caller has locked the edition and read the item afterwards. `by` None: a file did it.
    """
    if item is None or item.published is None:
        draft = item.draft if item and item.draft else Draft(edition=edition, guid=str(uuid.uuid4()), values={})
        draft.values |= values
        return _keep(draft, by)
    draft = item.draft or Draft(edition=edition, session_id=item.session, guid=item.values["guid"], values={})
    merged = draft.values | {name: value for name, value in values.items() if name not in NEW_ONLY}
    draft.values = {name: value for name, value in merged.items() if item.published.get(name) != value}
    if draft.values:
        return _keep(draft, by)
    if draft.pk:
        _drop(draft, by)
    return None


def _keep(draft: Draft, by: Participant | None) -> Draft:
    draft.changed_by, draft.changed_at = by, clock.now()
    draft.save()
    _record(draft, "planning.edit", by)
    return draft


def _drop(draft: Draft, by: Participant | None) -> None:
    _record(draft, "planning.discard", by)
    draft.delete()


def _record(draft: Draft, action: str, by: Participant | None) -> None:
    scope = f"session:{draft.session_id}" if draft.session_id else f"edition:{draft.edition_id}"
    audit.record(by, action, scope, draft=draft.pk)


def discard(item: Item, by: Participant) -> None:
    """Take back what the draft says of a session; a new one is gone."""
    if item.draft is None:
        raise Refused(_("Nothing is drafted here any more."))
    _drop(item.draft, by)


def cancel(edition: Edition, item: Item, by: Participant) -> None:
    """Let the next release cancel a published session. Raises Refused for one that has begun or is cancelled."""
    if item.published is None or item.status not in BEFORE:
        raise Refused(_("Only a published session that has not begun can be cancelled."))
    put(edition, item, {"cancelled": True}, by)


def duplicate_day(edition: Edition, source: date, target: date, by: Participant) -> int:
    """Copy a day's sessions to another day as new ones, at the same hours of their cities; how many were copied."""
    if source == target:
        raise Refused(_("Choose another day."), 422)
    with transaction.atomic():
        Edition.locked(edition.pk)
        items = [item for item in items_of(edition, source, full=True) if not item.cancelled]
        if not items:
            raise Refused(_("There is nothing on that day."), 422)
        if len(items) > MOST_COPIES:
            raise Refused(_("That day has more than %(n)s sessions.") % {"n": MOST_COPIES}, 422)
        copies = _copies(edition, items, target - source, by)
        Draft.objects.bulk_create(copies)
        audit.record(by, "planning.duplicate", edition.room_key, sessions=len(copies))
    return len(copies)


def _copies(edition: Edition, items: Sequence[Item], shift: timedelta, by: Participant) -> list[Draft]:
    copies = []
    for item in items:
        local = item.local
        begins = moments(local.date() + shift, local.time(), item.zone)
        # What would begin in an hour that does not exist begins when the clocks go on.
        start = begins[0] if begins else (item.start + shift)
        values: dict[str, Any] = {name: value for name, value in item.values.items() if name in (*HEAVY, "speakers")}
        values |= {"start": utc(start), "end": utc(start + (item.end - item.start)), "cancelled": False}
        values.pop("guid", None)
        copies.append(Draft(edition=edition, guid=str(uuid.uuid4()), values=values, changed_by=by))
    return copies
