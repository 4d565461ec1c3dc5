"""Options' images: drawn anew by common/pictures.py, each kept once."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.pictures import drawn
from polls.models import Picture

MAX_BYTES = 800_000
SIDE = 640  # pixels of the longer side at most


def keep(upload: Any) -> Picture:
    """Store an uploaded image. Raises ValidationError with what is wrong."""
    if upload.size > MAX_BYTES:
        raise forms.ValidationError(_("The image is larger than 800 kB. Make it smaller and send it again."))
    data = drawn(upload, SIDE).data
    return Picture.objects.get_or_create(name=hashlib.sha256(data).hexdigest(), defaults={"data": data})[0]
