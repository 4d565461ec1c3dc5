"""What gives and takes a participant's rights: roles, registrations, bans."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from common.clock import now
from common.registry import registry
from people.models.participant import Participant


class Role(models.Model):
    """What a participant is, within a scope: "edition:1", "strand:2", "stage:4", "session:12".

    "Attendee" of anything narrower than an edition is an invitation to it.
    """

    class Name(models.TextChoices):
        """The roles, from the weakest to the strongest."""

        GUEST = "guest", _("Guest")
        ATTENDEE = "attendee", _("Attendee")
        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")
        ORGANISER = "organiser", _("Organiser")

    OF_NOBODY_ELSE = (Name.GUEST, Name.ATTENDEE)  # they give no rights over others

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=16, choices=Name.choices)
    scope = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "name", "scope"], name="one_role_per_scope")]
        indexes = [models.Index(fields=["scope"])]

    def __str__(self) -> str:
        return f"{self.participant}: {self.name} of {self.scope}"

    @property
    def label(self) -> Any:
        """What people read for it."""
        return registry.roles.get(self.name, self.name)


class Pass(models.TextChoices):
    """The kind of a registration. It opens sessions; rights over others come from roles only."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    SPEAKER = "speaker", _("Speaker")
    PRESS = "press", _("Press")
    EXHIBITOR = "exhibitor", _("Exhibitor")
    JURY = "jury", _("Jury")
    ORGANISER = "organiser", _("Organiser")


class Registration(models.Model):
    """A participant's ticket to an edition, given by its scope "edition:1"; `ticket` is the seller's reference.

    `imported` is the pass and state that the last file had. Only a file that says something new overrules the desk.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="registrations")
    scope = models.CharField(max_length=64)
    pass_type = models.CharField(_("pass"), max_length=16, choices=Pass.choices)
    ticket = models.CharField(_("ticket reference"), max_length=80)
    registered_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)
    imported = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "ticket"], name="one_registration_per_ticket")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.pass_type} of {self.scope}"


class BanQuerySet(models.QuerySet["Ban"]):
    """Selections of bans."""

    def standing(self, at: datetime | None = None) -> "BanQuerySet":
        """The bans that are in force at a moment, now without one."""
        return self.filter(Q(until=None) | Q(until__gt=at or clock.now()), lifted_at=None)


class Ban(models.Model):
    """A participant may take no part in a scope "edition:1" until a time (null: for good), or until it is lifted."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="bans")
    scope = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateTimeField(_("until"), null=True)
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    origin = models.ForeignKey("self", on_delete=models.CASCADE, null=True, editable=False, related_name="renewals")

    objects = BanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.participant} banned from {self.scope}"


class BanMark(models.Model):
    """A keyed hash by which a banned person is recognised after deleting the account (people/bans.py)."""

    ban = models.ForeignKey(Ban, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ban", "mark"], name="one_mark_per_ban")]

    def __str__(self) -> str:
        return f"{self.ban_id}: {self.mark[:8]}"
