"""Participants and their roles."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipantManager(BaseUserManager["Participant"]):
    """Makes participants; the e-mail address is the login name."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Participant":
        participant = self.model(email=self.normalize_email(email), **fields)
        participant.set_password(password)
        participant.save()
        return participant

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Participant":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Participant(AbstractBaseUser, PermissionsMixin):
    """A person who takes part, in the hall or far away."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("display name"), max_length=80)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    is_demo = models.BooleanField(default=False, help_text=_("may be entered with one click in demo mode"))
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("may use the admin"))

    objects = ParticipantManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """ "City, Country" as far as known; shown beside the name."""
        return ", ".join(part for part in (self.city, self.country) if part)


class Role(models.Model):
    """What a participant is, within a scope: "edition:1", "stage:4", "session:12" (see permissions.can)."""

    class Name(models.TextChoices):
        ATTENDEE = "attendee", _("Attendee")
        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")
        ORGANISER = "organiser", _("Organiser")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=16, choices=Name.choices)
    scope = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "name", "scope"], name="one_role_per_scope")]
        indexes = [models.Index(fields=["scope"])]

    def __str__(self) -> str:
        return f"{self.participant}: {self.name} of {self.scope}"
