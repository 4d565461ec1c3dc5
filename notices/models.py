"""What people are told, how they wish to be told it, and the devices that take it."""

from datetime import time
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.clock import now
from people.models import Participant
from sessions.models import Session


class Pending(models.Model):
    """A session that has changed since those who planned around it were told: `before` is what they know."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="+")
    before: Any = models.JSONField()
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.session_id)


class Kind(models.TextChoices):
    """What a notice is about."""

    CANCELLED = "cancelled", _("Cancelled")
    MOVED = "moved", _("Moved")
    AGAIN = "again", _("As announced before")
    WORDS = "words", _("Changed words")
    REMINDER = "reminder", _("Reminder")


class Notice(models.Model):
    """Something that a participant was told of a session. What was told at one moment is one notice of many lines.

    `before` and `after` are places (sessions/changes.py). `begins` is the start that a reminder is of.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="notices")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)
    begins = models.DateTimeField(null=True)
    at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["participant", "at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session", "begins"], condition=~Q(begins=None), name="one_reminder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.kind} {self.session_id}"


def _minutes_before(count: int) -> str:
    return gettext("%(n)d minutes before") % {"n": count}


_before = lazy(_minutes_before, str)  # a `%` of a lazy text is done where it stands: in English, for everybody


class Wishes(models.Model):
    """How a participant wishes to be told. Without a row the defaults hold."""

    MINUTES = [(0, _("Not at all")), *((n, _before(n)) for n in (5, 10, 15, 30))]

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("remind me"), choices=MINUTES, default=10)
    mail_changes = models.BooleanField(_("mail me when a session of mine moves or is cancelled"), default=True)
    mail_reminders = models.BooleanField(_("mail me reminders too"), default=False)
    mail_requests = models.BooleanField(_("mail me when somebody would like to write to me"), default=True)
    quiet_from = models.TimeField(_("nothing on my devices from"), null=True, blank=True, default=time(22))
    quiet_until = models.TimeField(_("until"), null=True, blank=True, default=time(7))

    def __str__(self) -> str:
        return str(self.participant_id)

    def is_quiet(self, clock: time) -> bool:
        """Whether nothing is pushed at that time of the participant's own clock."""
        start, end = self.quiet_from, self.quiet_until
        if start is None or end is None or start == end:
            return False
        return start <= clock < end if start < end else clock >= start or clock < end


class Subscription(models.Model):
    """A browser that takes Web Push (RFC 8030). It ends when its push service says that it has."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    endpoint = models.URLField(max_length=500, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.participant_id} {self.made_at}"
