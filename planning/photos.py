"""The photos of speakers, as organisers choose them. They are shown at once, without a release."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common import uploads
from people import audit
from people.models import Participant
from sessions.models import Speaker, SpeakerPhoto
from sessions.schedule.photos import SIDE


class PhotoForm(uploads.PictureForm):
    """A photo that was sent, or none where `remove` is sent."""

    file = uploads.PictureField(SIDE, label=_("Photo"), help_text=_("PNG, JPEG or WebP. It is shown as a square."))


def keep(speaker: Speaker, fields: dict[str, Any] | None, by: Participant) -> None:
    """Give a speaker another photo, or with None no photo any more."""
    with transaction.atomic():
        Speaker.objects.select_for_update().get(pk=speaker.pk)  # two who send one wait for each other
        SpeakerPhoto.objects.filter(speaker=speaker).delete()
        if fields:
            SpeakerPhoto.objects.create(speaker=speaker, **fields)
        audit.record(by, "planning.part", speaker.edition.room_key, part="photo", id=speaker.pk)
