"""Documents of exhibitors: brochures, data sheets, pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.uploads import MAX_CAPTION, Upload
from expo.models.exhibitors import Exhibitor, OfExhibitor


class Document(OfExhibitor, Upload):
    """A file that a team sent. Whether it is drafted or shown, the exhibitor's lists say."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="files")
    caption = models.CharField(_("what it shows"), max_length=MAX_CAPTION)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption
