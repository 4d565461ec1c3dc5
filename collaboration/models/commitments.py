"""A commitment, the versions of its text, who signed them, and what was heard of it since.

Its steps are in committing.py. A version is never changed: whoever wants other words proposes another one.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models import Organisation
from common.clock import now
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.access import OPEN, Access
from people.models import Participant, TakenStep
from sessions.models import Edition, Session

MAX_TITLE, MAX_LINE, MAX_TEXT = 160, 300, 2000


class State(models.TextChoices):
    """Where a commitment stands. A draft is being written, and one to be signed is not public yet."""

    DRAFT = "draft", _("Draft")
    SIGNING = "signing", _("To be signed")
    TRACK = "track", _("On track")
    LATE = "late", _("Late")
    DONE = "done", _("Done")
    SILENT = "silent", _("Silent")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_ENDED = frozenset({State.TRACK, State.LATE, State.SILENT})  # something is still to be heard of it
IN_FORCE = frozenset({*OPEN_ENDED, State.DONE})


class CommitmentQuerySet(SearchableQuerySet["Commitment"]):
    """Selections of commitments."""

    def public(self) -> "CommitmentQuerySet":
        """Those that all parties have signed once."""
        return self.filter(in_force_at__isnull=False)

    def of(self, organisations: Any) -> "CommitmentQuerySet":
        """Those that one of these organisations is a party of."""
        return self.filter(pk__in=Party.objects.filter(organisation__in=organisations).values("commitment"))


class Commitment(Searchable):
    """What its parties promise. `version` in force is what counts; `proposed` is one that not all have signed yet.

    `title` and `due` are those of the version that counts, else of the draft. `spoken_at` is when the parties last said
    something of it, `reminded` how often they were reminded since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="commitments")
    organisations = models.ManyToManyField(Organisation, through="Party", related_name="commitments")
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    draft = models.JSONField(default=dict, help_text="what is written: as wording.Content, without its parties")
    title = models.CharField(max_length=MAX_TITLE, blank=True)
    due = models.DateField(null=True)
    in_force = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    in_force_at = models.DateTimeField(null=True)
    spoken_at = models.DateTimeField(null=True)
    admits_delay = models.BooleanField(default=False)
    reminded = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=MAX_LINE, blank=True, help_text="why it was withdrawn")
    made_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)
    title_folded = FoldedField(of="title")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due", "title", "pk"]
        indexes = [models.Index(fields=["state", "due"])]

    def __str__(self) -> str:
        return self.title or str(_("Commitment without a title"))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("collaboration:commitment", args=[self.pk])

    @property
    def number(self) -> str:
        """A short name that stands in its text, the same for ever."""
        return self.pk.hex[:8].upper()

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it: all parties have signed it once."""
        return self.in_force_at is not None

    @property
    def proposed(self) -> "Version | None":
        """The newest version, while not all have signed it and nobody has taken it back."""
        newest = self.versions.filter(dropped_at=None).last()
        return newest if newest and newest.pk != self.in_force_id else None

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: only the action and the commitment's state decide."""
        return OPEN


class Party(models.Model):
    """An organisation that promises. Parties are settled when a first text is proposed."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "organisation"], name="one_party_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.organisation_id}"


class Version(models.Model):
    """One text of a commitment, as it is signed: `text` is the wording of `content`, `digest` its SHA-256."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content: Any = models.JSONField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    dropped_at = models.DateTimeField(null=True, help_text="taken back before all had signed")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="one_text_per_number")]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.number}"


class Signature(models.Model):
    """A party's yes to one version. The name goes when its person wishes to be forgotten; the yes is the party's."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    office = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, help_text="of the text that the person saw")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+", help_text="on stage")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "organisation"], name="one_signature_per_party")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.organisation_id}"


class CommitmentStep(TakenStep):
    """One step of a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.action}"


class Report(models.Model):
    """What a party says of a commitment in force: in words, a value of what is measured, and a link to evidence."""

    class Says(models.TextChoices):
        """How it stands in the party's own words."""

        TRACK = "track", _("On track")
        LATE = "late", _("Late")
        DONE = "done", _("Done")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    says = models.CharField(_("How it stands"), max_length=8, choices=Says.choices)
    words = models.TextField(_("What has happened"), max_length=MAX_TEXT)
    value = models.CharField(_("What is measured now"), max_length=MAX_LINE, blank=True)
    evidence = models.URLField(_("Where one can see it"), max_length=500, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def link(self) -> str:
        """The evidence if it is an address of the web: a link goes nowhere else, whatever is stored."""
        return self.evidence if self.evidence.startswith(("https://", "http://")) else ""


class Reminder(models.Model):
    """That somebody who speaks for a party was asked how a commitment stands."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reminders")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField(help_text="without a word, when it was sent")
    at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.participant_id}"


class Signing(models.Model):
    """A commitment that is signed in a session: while it is open, the stage and the session's page show who has."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        OPEN = "open", _("On stage")
        CLOSED = "closed", _("Over")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="signings")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="signings")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "commitment"], name="one_signing_per_session"),
            models.UniqueConstraint(fields=["session"], condition=Q(state="open"), name="one_open_signing"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.commitment_id}"
