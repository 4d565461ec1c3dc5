"""What the streams' addresses in the permission matrix need."""

from streams.demo import give_loop
from streams.models import Rendition, Source


def fill(session, made):
    """The small live stream as the session's source, and one that can be removed."""
    source = give_loop(session.pk)
    spare = Source.objects.create(session=session, address="https://example.org/spare.m3u8")
    rendition = Rendition.objects.filter(source=source).last()
    return {"source": source.pk, "spare_source": spare.pk, "rendition": rendition.pk}
