"""The photos of speakers, as organisers choose them. They are shown at once, without a release."""

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


def shown(speaker: Speaker) -> int:
    """What stands for a speaker's photo: its id, 0 without one."""
    return SpeakerPhoto.objects.filter(speaker=speaker).values_list("pk", flat=True).first() or 0


def keep(speaker: Speaker, form: PhotoForm, by: Participant) -> bool:
    """Give a speaker the photo of a valid form, or none any more; False for one that replaces what nobody has seen."""
    with transaction.atomic():
        Speaker.objects.select_for_update().get(pk=speaker.pk)  # two who send one wait for each other
        if not form.has_seen(shown(speaker)):
            return False
        fields = form.picture
        SpeakerPhoto.objects.filter(speaker=speaker).delete()
        if fields:
            SpeakerPhoto.objects.create(speaker=speaker, **fields)
        audit.record(by, "planning.part", speaker.edition.room_key, part="photo", id=speaker.pk)
    return True
