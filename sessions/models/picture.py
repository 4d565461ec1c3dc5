"""Pictures of the programme. They are read alone: what else is shown of a speaker does not carry them along."""

from typing import Any

from django.db import models
from django.urls import reverse

from common.uploads import Upload
from sessions.models.edition import Edition, Speaker


class SpeakerPhoto(Upload):
    """A speaker's photo. Another one is another row: its address is new, so that nobody keeps the old one."""

    speaker = models.OneToOneField(Speaker, on_delete=models.CASCADE, related_name="photo")

    def __str__(self) -> str:
        return f"{self.speaker_id}: {self.name}"

    def get_absolute_url(self) -> str:
        """The picture itself."""
        return f"{reverse('sessions:photo', args=[self.speaker_id])}?v={self.pk}"


class EditionLogo(Upload):
    """An edition's logo. `Edition.logo` says where it is, so that pages show it without asking for this row."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.name}"

    @property
    def shown(self) -> dict[str, Any]:
        """The same as `Edition.logo`."""
        address = f"{reverse('sessions:logo', args=[self.edition.slug])}?v={self.pk}"
        return {"address": address, "width": self.width, "height": self.height}
