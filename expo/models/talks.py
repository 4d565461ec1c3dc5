"""What is said at a stand: its public chat, and private talks between a visitor and one of the team."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock
from common.clock import now
from expo.models.exhibitors import Exhibitor, OfExhibitor
from people.models import Participant

MAX_LINE = 1000
AT_ONCE = timedelta(minutes=2)


class Talk(OfExhibitor, models.Model):
    """A visitor has rung, or left a question. Nobody but the visitor and who took it reads what is said in it."""

    class State(models.TextChoices):
        """Where a talk stands."""

        RINGING = "ringing", _("Ringing")
        LEFT = "left", _("Question left")
        OPEN = "open", _("In conversation")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="talks")
    visitor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="talks")
    state = models.CharField(max_length=8, choices=State.choices)
    taken_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "visitor"], condition=~Q(state="ended"), name="one_talk_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["exhibitor", "state"])]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.state}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("expo:talk", args=[self.pk])

    @property
    def room_key(self) -> str:
        """The key of its room in `live`."""
        return f"talk:{self.pk}"

    @property
    def answered_later(self) -> bool:
        """Whether the visitor has waited so long that they may have gone: they get a notice."""
        return clock.now() - self.opened_at > AT_ONCE


WAITING = (Talk.State.RINGING, Talk.State.LEFT)


class StandMessage(OfExhibitor, models.Model):
    """One line. Its id is the client's own; without a talk it stands in the stand's public chat."""

    id = models.UUIDField(primary_key=True, editable=False)
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="lines")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, null=True, related_name="lines")
    author = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=MAX_LINE)
    at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["exhibitor", "talk", "at"])]

    def __str__(self) -> str:
        return self.text[:60]
