"""What the captions' addresses in the permission matrix need."""

from captions.models import Caption, Track
from common import clock


def fill(session, made):
    """A track with a line and something pending, and one that can be changed."""
    track = Track.objects.create(session=session, language="en", name="English", pending="And so", on_screen=True)
    line = Caption.objects.create(track=track, at=clock.now(), text=f"Welcome to {session.title}")
    spare = Track.objects.create(session=session, language="de", name="Deutsch")
    of_track = {"track": track.pk, "caption_line": line.pk, "caption_language": "en", "captions": track.address}
    return of_track | {"spare_track": spare.pk}
