"""A session with the small live stream of two languages."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from captions.models import Caption, Track
from common import clock
from sessions.models import Session
from streams import events
from streams.demo import give_loop
from streams.models import Source, Switch
from tests import world


def streamed() -> dict[str, Any]:
    """A live session: first a source that never answers, then the small live stream, then a file."""
    made = world.build()
    Session.objects.filter(pk=made["session"]).update(status="live", stream="/static/demo/city.webm")
    source = give_loop(made["session"])
    Source.objects.create(session_id=made["session"], address="/never.m3u8", priority=0)
    track = Track.objects.create(session_id=made["session"], language="en", name="English")
    return made | {"source": source.pk, "captions": f"/captions/{track.address}/"}


def said_before(session: int, count: int) -> None:
    """So many lines of its captions, one a second, the last just now."""
    track, now = Track.objects.get(session=session), clock.now()
    Caption.objects.bulk_create(
        Caption(track=track, at=now - timedelta(seconds=count - n), text=f"Line {n} of what was said.")
        for n in range(count)
    )


def second_loop(session: int) -> None:
    """A source with the same languages under another address, which is played now, by one event."""
    first = Source.objects.get(session=session, priority=1)
    source = Source.objects.create(session_id=session, address=reverse("streams:demo_list", args=["video"]) + "?b")
    for rendition in first.renditions.all():
        rendition.pk, rendition.source = None, source
        rendition.save()
    with transaction.atomic():
        locked = Session.locked(session)
        Switch.objects.create(session=locked, address=source.address)
        events.changed(locked)


def end(session: int) -> None:
    """It goes off the air."""
    with transaction.atomic():
        locked = Session.locked(session)
        locked.status = "ended"
        locked.save()
        events.changed(locked)
