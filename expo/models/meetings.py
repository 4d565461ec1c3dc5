"""Meetings: a request, an answer, and what is booked for them. Steps are in meeting.py."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from expo.models.exhibitors import Exhibitor, OfExhibitor
from people.models import Participant

LENGTH = timedelta(minutes=30)
MAX_TOPIC = 300


class Meeting(OfExhibitor, models.Model):
    """A meeting of a visitor with one of a team. Only an accepted one books anything."""

    class State(models.TextChoices):
        """Where a meeting stands. A request waits for the team, a proposal for the visitor."""

        REQUESTED = "requested", _("Requested")
        PROPOSED = "proposed", _("Another time proposed")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Expired")
        MISSED = "missed", _("Somebody did not come")

    class Way(models.TextChoices):
        """Where they meet."""

        TABLE = "table", _("At a table")
        STAND = "stand", _("At the stand")
        VIDEO = "video", _("By video")

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="meetings")
    visitor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="meetings")
    host = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    topic = models.CharField(_("topic"), max_length=MAX_TOPIC)
    starts_at = models.DateTimeField()
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.VIDEO)
    table = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.REQUESTED)
    asked_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "changed_at"])]

    def __str__(self) -> str:
        return self.topic[:60]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("expo:meeting", args=[self.pk])

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + LENGTH

    @property
    def room_key(self) -> str:
        """Its people are told in the room of the edition."""
        return self.edition.room_key


PENDING = (Meeting.State.REQUESTED, Meeting.State.PROPOSED)


class Booking(models.Model):
    """What an accepted meeting takes for its time: a person ("person:7") or a table of an edition ("table:1:3")."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="bookings")
    what = models.CharField(max_length=40)
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "starts_at"], name="booked_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.starts_at}"
