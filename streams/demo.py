"""The demo's streams: a live one with two languages, and the file that takes over when it does not start."""

from datetime import timedelta

from django.urls import reverse

from common.contract import DemoCongress
from people.models import Participant
from sessions.models import Session, StatusChange
from streams.cutting import suggested
from streams.models import Recording, RecordingVersion, Rendition, Source

CODECS = "vp09.00.20.08,opus"  # what every Chromium and Firefox plays, also those without licensed codecs


def fill(congress: DemoCongress) -> None:
    """Give every session on air a live HLS stream with two languages, before the programme's file."""
    for session in congress.live:
        give_loop(session.pk)
    if congress.recorded:
        record(congress.recorded, congress.people["nuria"])


def give_loop(session: int) -> Source:
    """The small live stream as a source of a session, with floor and Spanish."""
    Source.objects.filter(session=session).delete()
    video, floor, es = (reverse("streams:demo_list", args=[name]) for name in ("video", "floor", "es"))
    source = Source.objects.create(session_id=session, address=video, name="Encoder", priority=1)
    parts = _parts(video, floor, es)
    for part in parts:
        part.source = source
    Rendition.objects.bulk_create(parts)
    return source


def _parts(video: str, floor: str, es: str) -> list[Rendition]:
    return [
        Rendition(kind="video", name="Stage", address=video, codecs=CODECS, bandwidth=140_000, height=270),
        Rendition(kind="audio", name="Floor", language="en", address=floor, codecs="opus"),
        Rendition(kind="audio", name="Español", language="es", address=es, codecs="opus"),
    ]


# Minutes after its beginning at which the recorded session went live, paused, went on and ended.
STEPS = {"go_live": 1, "pause": 11, "resume": 19, "end": 34}
RECORDED = 25 * 60  # seconds: without the pause


def recorded_parts() -> list[Rendition]:
    """The renditions of the recording."""
    addresses = (reverse("streams:demo_list", args=[name]) for name in ("video", "floor", "es"))
    return _parts(*(f"{address}?seconds={RECORDED}" for address in addresses))


def record(session: Session, by: Participant) -> None:
    """Give a session that is over the steps it took, and its recording without the pause."""
    at = {action: session.start + timedelta(minutes=minutes) for action, minutes in STEPS.items()}
    session.status_changes.filter(action__in=STEPS).delete()
    StatusChange.objects.bulk_create(
        StatusChange(session=session, action=action, before={}, after={}, by=by, at=moment)
        for action, moment in at.items()
    )
    kept = Recording.objects.filter(session=session).first() or Recording(session=session)
    kept.address = reverse("streams:demo_recording")
    kept.marks = suggested(session)
    names = [speaker.name for speaker in session.speakers.all()[:1]]
    kept.parts = [[0, "Welcome"], *([60, name] for name in names), [600, "After the break"]]
    kept.save()
    version = {name: getattr(kept, name) for name in ("address", "marks", "offset", "parts")}
    RecordingVersion.objects.update_or_create(session=session, number=kept.number, defaults=version)
