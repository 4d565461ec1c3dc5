"""Logos of exhibitors. They are read alone: what else is shown of an exhibitor does not carry them along."""

from django.db import models

from common.uploads import Upload
from expo.models.exhibitors import Exhibitor, OfExhibitor


class Logo(OfExhibitor, Upload):
    """A logo that a team sent. It is one of several: what is drafted, shown, or comes back when a step is undone."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="logos")

    def __str__(self) -> str:
        return f"{self.exhibitor_id}: {self.name}"
