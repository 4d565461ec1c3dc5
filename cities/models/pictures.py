"""Pictures of a case, drawn anew as all uploads are. A version of the case says which belonged to it."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.models.cases import Case
from cities.models.common import OfTomorrow
from common.clock import now
from common.uploads import MAX_CAPTION, Upload, Uploads
from people.models import Participant


class CasePictures(Uploads):
    """Pictures without their bytes."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows that fetch `data` and `card` when they are asked for."""
        return super().get_queryset().defer("data", "card")

    def written(self) -> models.QuerySet[Any]:
        """What belongs to what the team writes."""
        return self.filter(in_draft=True)

    def public(self) -> models.QuerySet[Any]:
        """What belongs to what is published now."""
        return self.filter(is_public=True)


class CasePicture(OfTomorrow, Upload):
    """One picture: `card` is a small one for lists. Nothing of it is changed once it is there, but where it belongs.

    `was_public`: it belongs to a version that was published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pictures")
    card = models.BinaryField()
    caption = models.CharField(_("what it shows"), max_length=MAX_CAPTION)
    credit = models.CharField(_("who made it"), max_length=MAX_CAPTION)
    in_draft = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)
    was_public = models.BooleanField(default=False)
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    objects: ClassVar[CasePictures] = CasePictures()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.caption
