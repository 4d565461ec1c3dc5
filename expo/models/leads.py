"""Leads: whose badge was scanned, by whom, and what they may know of the person."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from expo.models.exhibitors import Exhibitor
from people.models import Participant
from sessions.models import Edition

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what looks alike
LENGTH = 12  # 60 bits: nobody guesses one
FIELDS = {
    "name": _("Name"),
    "organisation": _("Organisation"),
    "job_title": _("Role"),
    "place": _("City and country"),
    "email": _("E-mail"),
}
GIVEN = ["name", "organisation", "job_title", "place"]  # unless the person chooses otherwise
MAX_NOTE, MAX_TAGS = 1000, 120


def new_code() -> str:
    """A code that says nothing about the person."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def given() -> list[str]:
    """The fields that a badge gives at first."""
    return list(GIVEN)


class Badge(models.Model):
    """A participant's badge of an edition; `fields` are what a scan gives."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="badges")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="badges")
    code = models.CharField(max_length=16, unique=True, default=new_code)
    fields = models.JSONField(default=given)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "participant"], name="one_badge_per_edition")]

    def __str__(self) -> str:
        return f"{self.participant_id}"


class Source(models.TextChoices):
    """How an exhibitor has got a person's data."""

    SCAN = "scan", _("Badge scanned")
    CHAT = "chat", _("Chat of the stand")
    RING = "ring", _("Talk with the stand")
    DOWNLOAD = "download", _("Document")


class Lead(models.Model):
    """An exhibitor knows of a person: a badge was scanned, or the person agreed to it on the stand's page.

    What is shown of the person is looked up, by the `fields` of that moment.
    """

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="leads")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="leads")
    client_id = models.UUIDField()
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.SCAN)
    scanned_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    scanned_at = models.DateTimeField(help_text="by the scanner's clock")
    uploaded_at = models.DateTimeField(default=now)
    fields = models.JSONField(default=list)
    rating = models.PositiveSmallIntegerField(default=0)
    tags = models.CharField(_("tags"), max_length=MAX_TAGS, blank=True)
    note = models.CharField(_("note"), max_length=MAX_NOTE, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-scanned_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["exhibitor", "participant"], name="one_lead_per_person")]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.participant_id}"


class Device(models.Model):
    """A scanner app of a stand (the form of pretix). Its token is kept as a hash, and ends with its row."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(_("name of the device"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
