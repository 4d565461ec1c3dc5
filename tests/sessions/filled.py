"""What the programme's addresses in the permission matrix need."""

from PIL import Image

from common.uploads import of_image


def fill(session, made):
    """A speaker with a photo, and an edition with a logo."""
    from planning import logos

    portray(made["speaker_page"])
    logos.keep(session.edition, of_image(Image.new("RGB", (8, 8), "red"), "logo.png"), None)
    return {}


def portray(speaker):
    """Give the speaker of that id a photo."""
    from sessions.models import SpeakerPhoto

    picture = of_image(Image.new("RGB", (8, 8), "red"), "me.png")
    SpeakerPhoto.objects.update_or_create(speaker_id=speaker, defaults=picture)
