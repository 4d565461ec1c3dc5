"""What the programme's addresses in the permission matrix need."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from common.uploads import picture_of


def fill(session, made):
    """A speaker with a photo."""
    portray(made["speaker_page"])
    return {}


def portray(speaker):
    """Give the speaker of that id a photo."""
    from sessions.models import SpeakerPhoto

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    picture = picture_of(SimpleUploadedFile("me.png", out.getvalue()), 8)
    SpeakerPhoto.objects.update_or_create(speaker_id=speaker, defaults=picture)
