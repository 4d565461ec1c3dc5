"""The draft of the programme, and what its releases changed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from people.models import Participant
from sessions.models import Edition, Session


class Draft(models.Model):
    """What the next release makes of a session, or a session that is not published yet.

    `values` has the fields that will differ (planning/working.py: Values), of a new session all of them.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="drafts")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, null=True, related_name="draft")
    guid = models.CharField(max_length=120)
    values = models.JSONField()
    changed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.edition_id} {self.guid}"


class Release(models.Model):
    """Changes that were published together. Versions of an edition count from 1."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="releases")
    version = models.PositiveIntegerField()
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="one_release_per_version")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.version}"

    @classmethod
    def last_version(cls, edition: Edition) -> int:
        """The version that is published; 0 before the first."""
        return cls.objects.filter(edition=edition).values_list("version", flat=True).first() or 0


class Kind(models.TextChoices):
    """What a release does to a session, the weightiest first."""

    CANCELLED = "cancelled", _("Cancelled")
    NEW = "new", _("New")
    MOVED = "moved", _("Moved")
    WORDS = "words", _("Changed words")


class Change(models.Model):
    """What a release did to a session: the fields that differ, `before` and `after`; places by their names."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="changes")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.release_id} {self.kind} {self.session_id}"


class PersonalCalendar(models.Model):
    """The secret address of a participant's calendar: `number` counts its addresses, the earlier ones ended.

    Without a row the first one holds.
    """

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.participant_id)

    @classmethod
    def number_of(cls, participant: Participant) -> int:
        """The number of the address that holds now."""
        return cls.objects.filter(participant=participant).values_list("number", flat=True).first() or 1
