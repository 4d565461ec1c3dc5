"""The recording of a session: how it is cut, its versions, and who is told."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.contract import Recorded
from common.registry import registry
from people import audit
from people.models import Participant
from people.refusal import Refused
from sessions import status
from sessions.models import Session, Status
from streams import events
from streams.cutting import cuts_of
from streams.models import Recording, RecordingVersion

CUT = ("address", "marks", "offset", "parts")  # what a version is
KEPT = 50  # versions of a recording, the newest
CHANGED = _("Somebody else changed the recording meanwhile. Look again before you go on.")


def recorded(session: Session) -> Recorded | None:
    """How the recording that the session's page plays is cut; None while it plays none."""
    kept: Recording | None = getattr(session, "recording", None)
    if session.status != Status.ON_DEMAND or kept is None or not kept.address:
        return None
    parts = [(place, title) for place, title in kept.parts]
    return Recorded(kept.number, cuts_of(session, kept), kept.offset, status.ended(session), parts)


def with_recording(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those of a selection that play a recording."""
    return sessions.filter(status=Status.ON_DEMAND, recording__address__gt="")


def keep(session: Session, by: Participant, **values: Any) -> Recording:
    """Store what the recording is now, as a new version if anything is new, and tell who follows the session.

    Belongs into the transaction that locks the session.
    """
    found = Recording.objects.filter(session=session).first()
    kept = found or Recording(session=session, number=0)
    if found is None or any(getattr(kept, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(kept, name, value)
        newest = RecordingVersion.objects.filter(session=session).values_list("number", flat=True).first()
        kept.number = max(kept.number, newest or 0) + 1
        kept.save()
        version = {name: getattr(kept, name) for name in CUT}
        RecordingVersion.objects.create(session=session, number=kept.number, **version)
        old = RecordingVersion.objects.filter(session=session).values_list("pk", flat=True)[KEPT:]
        RecordingVersion.objects.filter(pk__in=list(old)).delete()
    _told(session, by)
    return kept


def take_again(session: Session, by: Participant, number: int, drawn_from: int) -> None:
    """Make an earlier version the recording. Raises Refused when there is none, or it changed since `drawn_from`."""
    _unchanged(session, drawn_from)
    version = RecordingVersion.objects.filter(session=session, number=number).first()
    if version is None:
        raise Refused(_("This version is not there any more."), 404)
    keep(session, by, **{name: getattr(version, name) for name in CUT})


def move(session: Session, by: Participant, offset: float, drawn_from: int) -> None:
    """Let what people wrote come later or earlier. Raises Refused when the recording changed since `drawn_from`."""
    _unchanged(session, drawn_from)
    keep(session, by, offset=offset)


def _unchanged(session: Session, drawn_from: int) -> None:
    kept = Recording.objects.filter(session=session).first()
    if (kept.number if kept else 0) != drawn_from:
        raise Refused(CHANGED, 409)


def remove(session: Session, by: Participant) -> None:
    """Take the recording away; its versions stay, to be taken again."""
    Recording.objects.filter(session=session).delete()
    _told(session, by)


def _told(session: Session, by: Participant) -> None:
    audit.record(by, "streams.record", session.room_key)
    events.changed(Session.objects.for_display().get(pk=session.pk))
    for changed in registry.all("recording_changed"):
        changed(session)
