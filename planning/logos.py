"""An edition's logo, as its organisers choose it. It is shown at once, without a release."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common import uploads
from people import audit
from people.models import Participant
from sessions.models import Edition, EditionLogo

SIDE = 512  # pixels


class LogoForm(uploads.PictureForm):
    """A logo that was sent, or none where `remove` is sent."""

    file = uploads.PictureField(
        SIDE, label=_("Logo"), help_text=_("PNG, JPEG or WebP. It stands in the head of every page.")
    )


def keep(edition: Edition, fields: dict[str, Any] | None, by: Participant | None) -> None:
    """Give an edition another logo, or with None no logo any more. Another one is another row: its address is new."""
    with transaction.atomic():
        locked = Edition.locked(edition.pk)
        EditionLogo.objects.filter(edition=locked).delete()
        locked.logo = EditionLogo.objects.create(edition=locked, **fields).shown if fields else {}
        locked.save(update_fields=["logo"])
        audit.record(by, "planning.part", locked.room_key, part="logo", id=locked.pk)
