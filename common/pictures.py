"""Pictures that people send: whatever comes is decoded and drawn anew, so that nothing but pixels is kept."""

import io
from threading import Lock
from typing import IO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_PIXELS = 12_500_000  # a telephone's photo; 50 MB when it is decoded
FORMATS = ("PNG", "JPEG", "WEBP")
OPAQUE = {"1": "L", "CMYK": "CMYK"}  # what modes other than RGB become while they are large, if nothing is transparent
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow refuses twice as many before it makes a decoder
_drawing = Lock()  # one image at a time in a process: 50 kB may be 50 MB of pixels


class Drawn(NamedTuple):
    """A picture as it is kept: a WebP, and its size in pixels."""

    data: bytes
    width: int
    height: int


def drawn(file: IO[bytes], side: int) -> Drawn:
    """The image in a file, its longer side of at most `side` pixels. Raises ValidationError with what is wrong."""
    try:
        with _drawing, Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            return _drawn(image, side)
    except Image.DecompressionBombError as error:
        raise ValidationError(_("The image has more than 12 megapixels. Make it smaller and send it again.")) from error
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise ValidationError(_("This is no PNG, JPEG or WebP image that can be read.")) from error


def _drawn(image: Image.Image, side: int) -> Drawn:
    """The image as it is kept. It is made smaller as early as its mode allows, for the steps need copies."""
    image.draft("RGB", (side, side))  # a JPEG is made smaller while it is decoded
    mode = "RGBA" if image.has_transparency_data else OPAQUE.get(image.mode, "RGB")
    small = image if image.mode in (mode, "L") else image.convert(mode)
    small.thumbnail((side, side))
    upright = ImageOps.exif_transpose(small).convert("RGBA")
    out = io.BytesIO()
    upright.save(out, "WEBP", quality=82)
    return Drawn(out.getvalue(), *upright.size)
