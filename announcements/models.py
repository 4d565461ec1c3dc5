"""Announcements: a bar on every page for a while, in each reader's language."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from people.access import OPEN, Access
from people.models import Participant
from sessions.models import Edition, Session

MAX_LENGTH = 300


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Selections of announcements."""

    def standing(self, at: datetime | None = None) -> "AnnouncementQuerySet":
        """Those that are shown at a moment, now without one."""
        now = at or clock.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now, withdrawn_at=None)

    def due(self) -> "AnnouncementQuerySet":
        """Those whose time has come or is over, and nobody has been told of it."""
        now = clock.now()
        begins = Q(state=Announcement.State.PLANNED, starts_at__lte=now)
        return self.filter(begins | Q(state=Announcement.State.ON, ends_at__lte=now), withdrawn_at=None)


class Announcement(models.Model):
    """Words for a scope "edition:1", "city:2", "stage:4" or "session:12"; `texts` is language -> text."""

    class State(models.TextChoices):
        """What the pages have been told."""

        PLANNED = "planned", _("Planned")
        ON = "on", _("Shown now")
        OVER = "over", _("Over")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="announcements")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="+")
    scope = models.CharField(max_length=64)
    texts = models.JSONField()
    urgent = models.BooleanField(_("urgent"), default=False)
    confirm = models.BooleanField(_("readers confirm that they have read it"), default=False)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED, db_index=True)
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return next(iter(self.texts.values()), "")

    @property
    def room_key(self) -> str:
        """The room whose pages show it: a session's own, else the edition's, whose pages choose by their scopes."""
        return self.session.room_key if self.session else self.edition.room_key

    def scopes(self) -> list[str]:
        """The scopes of roles that count: those of its session, else of its edition."""
        return self.session.scopes() if self.session else self.edition.scopes()

    def access(self) -> Access:
        """Whom it is for: who may see its session, or everybody."""
        return self.session.access() if self.session else OPEN


class Confirmation(models.Model):
    """That a participant has read an announcement."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="confirmations")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "announcement"], name="one_confirmation_each"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} has read {self.announcement_id}"
