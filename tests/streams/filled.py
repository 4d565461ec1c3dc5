"""What the streams' addresses in the permission matrix need."""

from streams.demo import give_loop
from streams.models import Recording, RecordingVersion, Rendition, Source


def fill(session, made):
    """The small live stream as the session's source, one that can be removed, a recording that is not played yet."""
    source = give_loop(session.pk)
    spare = Source.objects.create(session=session, address="https://example.org/spare.m3u8")
    rendition = Rendition.objects.filter(source=source).last()
    recording = Recording.objects.create(session=session, address="/static/demo/city.webm")
    RecordingVersion.objects.create(session=session, number=recording.number, address=recording.address)
    made = {"source": source.pk, "spare_source": spare.pk, "rendition": rendition.pk}
    return made | {"recording_version": recording.number}
