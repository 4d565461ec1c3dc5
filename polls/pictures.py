"""Options' images: whatever is sent is decoded and drawn anew, so that nothing but pixels is kept."""

import hashlib
import io
from threading import Lock
from typing import IO, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from polls.models import Picture

MAX_BYTES = 800_000
MAX_PIXELS = 12_500_000  # a telephone's photo; 50 MB when it is decoded
SIDE = 640  # pixels of the longer side at most
FORMATS = ("PNG", "JPEG", "WEBP")
OPAQUE = {"1": "L", "CMYK": "CMYK"}  # what modes other than RGB become while they are large, if nothing is transparent
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow refuses twice as many before it makes a decoder
_drawing = Lock()  # one image at a time in a process: 50 kB may be 50 MB of pixels


def keep(upload: Any) -> Picture:
    """Store an uploaded image. Raises ValidationError with what is wrong."""
    if upload.size > MAX_BYTES:
        raise forms.ValidationError(_("The image is larger than 800 kB. Make it smaller and send it again."))
    data = drawn(upload)
    return Picture.objects.get_or_create(name=hashlib.sha256(data).hexdigest(), defaults={"data": data})[0]


def drawn(file: IO[bytes]) -> bytes:
    """The image in a file as a WebP of at most SIDE pixels. Raises ValidationError with what is wrong."""
    try:
        with _drawing, Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            return _drawn(image)
    except Image.DecompressionBombError as error:
        raise forms.ValidationError(
            _("The image has more than 12 megapixels. Make it smaller and send it again.")
        ) from error
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise forms.ValidationError(_("This is no PNG, JPEG or WebP image that can be read.")) from error


def _drawn(image: Image.Image) -> bytes:
    """The image as it is kept. It is made smaller as early as its mode allows, for the steps need copies."""
    image.draft("RGB", (SIDE, SIDE))  # a JPEG is made smaller while it is decoded
    mode = "RGBA" if image.has_transparency_data else OPAQUE.get(image.mode, "RGB")
    small = image if image.mode in (mode, "L") else image.convert(mode)
    small.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    ImageOps.exif_transpose(small).convert("RGBA").save(out, "WEBP", quality=82)
    return out.getvalue()
