"""What the demo congress has of planning: a release, and a draft that waits for the next."""

import uuid
from datetime import timedelta
from typing import Any

from common.contract import DemoCongress
from planning import drafting, releasing
from planning.demo_logo import mark
from planning.demo_photos import portray
from planning.models import Draft, Release
from planning.working import find, utc
from sessions.models import Status


def fill(congress: DemoCongress) -> None:
    """One session was moved by the first release; of the draft one is moved, one cancelled, one new."""
    edition, by = congress.edition, congress.people["helena"]
    portray(edition.speakers.all())
    mark(edition)
    Draft.objects.filter(edition=edition).delete()
    Release.objects.filter(edition=edition).delete()
    ahead = [session for session in congress.sessions if session.status == Status.SCHEDULED][-8:]
    if len(ahead) < 4:
        return
    moved, moving, leaving, near = ahead[0], ahead[2], ahead[4], ahead[6]
    draft = drafting.put(edition, find(edition, f"s{moved.pk}"), _later(moved, 30), by)
    if draft:
        releasing.release(edition, [draft.pk], "The hall is needed for the rehearsal before", by)
    drafting.put(edition, find(edition, f"s{moving.pk}"), _later(moving, 15), by)
    drafting.cancel(edition, find(edition, f"s{leaving.pk}"), by)
    _add(edition, near, by)


def _later(session: Any, minutes: int) -> dict[str, Any]:
    by = timedelta(minutes=minutes)
    return {"start": utc(session.start + by), "end": utc(session.end + by)}


def _add(edition: Any, near: Any, by: Any) -> None:
    """A new session on the stage of another, after it."""
    values = find(edition, f"s{near.pk}").values | {
        "title": "An evening with the night mayors",
        "abstract": "<p>Questions from the floor, and no slides.</p>",
        "start": utc(near.end + timedelta(minutes=15)),
        "end": utc(near.end + timedelta(minutes=75)),
        "format": "Conversation",
        "speakers": ["Ada Quintana – City of Lisbon"],
    }
    values.pop("guid", None)
    Draft.objects.create(edition=edition, guid=str(uuid.uuid4()), values=values, changed_by=by)
