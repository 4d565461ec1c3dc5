"""The demo's streams: a live one with two languages, and the file that takes over when it does not start."""

from django.urls import reverse

from common.contract import DemoCongress
from streams.models import Rendition, Source

CODECS = "vp09.00.20.08,opus"  # what every Chromium and Firefox plays, also those without licensed codecs


def fill(congress: DemoCongress) -> None:
    """Give every session on air a live HLS stream with two languages, before the programme's file."""
    for session in congress.live:
        give_loop(session.pk)


def give_loop(session: int) -> Source:
    """The small live stream as a source of a session, with floor and Spanish."""
    Source.objects.filter(session=session).delete()
    video, floor, es = (reverse("streams:demo_list", args=[name]) for name in ("video", "floor", "es"))
    source = Source.objects.create(session_id=session, address=video, name="Encoder", priority=1)
    parts = [
        Rendition(kind="video", name="Stage", address=video, codecs=CODECS, bandwidth=140_000, height=270),
        Rendition(kind="audio", name="Floor", language="en", address=floor, codecs="opus"),
        Rendition(kind="audio", name="Español", language="es", address=es, codecs="opus"),
    ]
    for part in parts:
        part.source = source
    Rendition.objects.bulk_create(parts)
    return source
