"""Options' images: whatever is sent is decoded and drawn anew, so that nothing but pixels is kept."""

import hashlib
import io
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from polls.models import Picture

MAX_BYTES = 800_000
MAX_PIXELS = 24_000_000
SIDE = 640  # pixels of the longer side at most
FORMATS = ("PNG", "JPEG", "WEBP")


def keep(upload: Any) -> Picture:
    """Store an uploaded image. Raises ValidationError with what is wrong."""
    if upload.size > MAX_BYTES:
        raise forms.ValidationError(_("The image is larger than 800 kB. Make it smaller and send it again."))
    try:
        image = Image.open(upload, formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        drawn = ImageOps.exif_transpose(image).convert("RGBA")
        drawn.thumbnail((SIDE, SIDE))
        out = io.BytesIO()
        drawn.save(out, "WEBP", quality=82)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise forms.ValidationError(_("This is no PNG, JPEG or WebP image that can be read.")) from error
    data = out.getvalue()
    return Picture.objects.get_or_create(name=hashlib.sha256(data).hexdigest(), defaults={"data": data})[0]
