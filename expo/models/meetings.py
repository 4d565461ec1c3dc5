"""Meetings: who can be asked, a request, an answer, what is booked and what is told. Steps are in meeting.py."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import now
from expo.models.exhibitors import Exhibitor
from people.access import OPEN, Access
from people.models import Participant
from sessions.models import Edition

LENGTH = timedelta(minutes=30)
MAX_TOPIC = 300


class Availability(models.Model):
    """When somebody of the directory may be asked for a meeting: hours of their own clock.

    Who may be found at all says networking (Card)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="availabilities")
    is_open = models.BooleanField(_("others may ask me for a meeting"), default=False)
    opens = models.TimeField(_("from"), default=time(9))
    closes = models.TimeField(_("until"), default=time(18))
    mails = models.BooleanField(_("mail me about my meetings"), default=True)

    class Meta:
        ordering = ["participant__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "participant"], name="one_availability_per_edition")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.opens}"

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: whether it is switched on decides."""
        return OPEN


class Meeting(models.Model):
    """A meeting of a visitor with a team's, another visitor, or a delegation. Only an accepted one books anything.

    `delegation` is an id of another app (common/contract.py: Delegations). `host` is who answered.
    """

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

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, null=True, related_name="meetings")
    person = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, related_name="+")
    delegation = models.PositiveIntegerField(null=True)
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
        constraints = [
            models.CheckConstraint(
                condition=Q(exhibitor__isnull=False, person=None, delegation=None)
                | Q(exhibitor=None, person__isnull=False, delegation=None)
                | Q(exhibitor=None, person=None, delegation__isnull=False),
                name="one_side_is_asked",
            )
        ]

    def __str__(self) -> str:
        return self.topic[:60]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("expo:meeting", args=[self.pk])

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: whose it is decides."""
        return OPEN

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


class MeetingNotice(models.Model):
    """What somebody was told of a meeting, or (`talk`) that a question of theirs was answered."""

    class Kind(models.TextChoices):
        """What happened: a step of a meeting, or that it begins soon."""

        ASK = "ask", _("asks you for a meeting")
        PROPOSE = "propose", _("proposes another time")
        ACCEPT = "accept", _("has agreed to meet you")
        DECLINE = "decline", _("has declined to meet")
        CANCEL = "cancel", _("has cancelled the meeting")
        EXPIRE = "expire", _("nobody answered within a day")
        SOON = "soon", _("your meeting begins soon")
        ANSWER = "answer", _("has answered your question")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="meeting_notices")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="notices")
    talk = models.ForeignKey("expo.Talk", on_delete=models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["participant", "at"])]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.kind}"
