"""Pictures as somebody sends them."""

import io

from PIL import Image


def png(colour="teal", size=(600, 300)):
    """The bytes of a PNG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()
