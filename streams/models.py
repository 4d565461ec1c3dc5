"""Sources of streams, the languages and pictures that belong to them, and recordings."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from people.access import OPEN, Access
from sessions import sources
from sessions.models import Edition, Session, Stage

MAX_ADDRESS, MAX_NAME = 500, 60


class SourceQuerySet(models.QuerySet["Source"]):
    """Selections of sources."""

    def of(self, session: int, stage: int) -> "SourceQuerySet":
        """Those of a session and of its stage: its own first, each by priority."""
        return self.within(Q(session=session) | Q(stage=stage))

    def within(self, condition: Q) -> "SourceQuerySet":
        """Those, in that order."""
        return self.filter(condition).order_by(models.F("session").asc(nulls_last=True), "priority", "pk")


class Source(models.Model):
    """Where a session's stream comes from, or that of all sessions on a stage."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="stream_sources")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, null=True, related_name="stream_sources")
    address = models.CharField(_("address"), max_length=MAX_ADDRESS)
    name = models.CharField(_("name"), max_length=MAX_NAME, blank=True)
    region = models.CharField(_("region"), max_length=64, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), default=10)
    checked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    tail = models.CharField(max_length=40, blank=True, help_text="the end of the playlist that the last check saw")
    tail_at = models.DateTimeField(null=True, help_text="since when the playlist ends like this")
    newest_at = models.DateTimeField(null=True, help_text="when the newest segment ended that the last check saw")

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(session=None, stage__isnull=False) | Q(session__isnull=False, stage=None),
                name="source_of_session_or_stage",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def edition(self) -> Edition:
        """The edition that it belongs to."""
        edition: Edition = self.owner.edition
        return edition

    @property
    def owner(self) -> Any:
        """Its session or stage."""
        return self.session or self.stage

    @property
    def room_key(self) -> str:
        """What an entry of the record is about."""
        return f"session:{self.session_id}" if self.session_id else f"stage:{self.stage_id}"

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        if self.session:
            return self.session.scopes()
        return [f"stage:{self.stage_id}", f"edition:{self.owner.edition_id}"]

    def access(self) -> Access:
        """Whom it is for: its session's people."""
        return self.session.access() if self.session else OPEN

    @property
    def plays(self) -> sources.Source | None:
        """What its address plays."""
        return sources.source_of(self.address)


class Rendition(models.Model):
    """A part of an HLS source that we write into its list: a picture, a language, subtitles."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("Picture")
        AUDIO = "audio", _("Sound in a language")
        SUBTITLES = "subtitles", _("Subtitles")
        SIGN = "sign", _("Sign language")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=35, blank=True)
    name = models.CharField(_("name"), max_length=MAX_NAME)
    address = models.CharField(_("address"), max_length=MAX_ADDRESS)
    codecs = models.CharField(_("codecs"), max_length=80, blank=True)
    bandwidth = models.PositiveIntegerField(_("bits a second"), default=800_000)
    height = models.PositiveSmallIntegerField(_("height in pixels"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def session(self) -> Source:
        """What guards ask for rights: its source."""
        return self.source


class Switch(models.Model):
    """The address that a person has chosen to be played in a session, before all others."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="stream_switch")
    address = models.CharField(max_length=MAX_ADDRESS)

    def __str__(self) -> str:
        return f"{self.session_id} {self.address}"


class Cut(models.Model):
    """How a recording is cut: marks (time, place; common/cuts.py), and parts (place, title) that somebody named."""

    address = models.CharField(_("address"), max_length=MAX_ADDRESS, blank=True)
    number = models.PositiveIntegerField(default=1, help_text="of the version: it grows with each change")
    marks = models.JSONField(default=list)
    offset = models.FloatField(default=0, help_text="seconds by which what people wrote comes later")
    parts = models.JSONField(default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.address}"


class Recording(Cut):
    """A session's recording as it is played. Without an address it is being prepared."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="recording")


class RecordingVersion(Cut):
    """A recording as it was or is; an earlier one can be taken again."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="recording_versions")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta(Cut.Meta):
        abstract = False
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_recording_per_number")]
