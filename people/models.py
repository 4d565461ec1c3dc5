"""Participants, what gives and takes their rights (roles, registrations, bans, join links), and the record of it."""

import uuid
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

MAX_NAME = 80


def valid_zone(name: str) -> None:
    """Raises ValidationError for a name that is no IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class ParticipantManager(BaseUserManager["Participant"]):
    """Makes participants; the e-mail address is the login name."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Participant":
        participant = self.model(email=email.strip().lower(), **fields)
        participant.set_password(password)
        participant.save()
        return participant

    def create_guest(self, name: str) -> "Participant":
        """A guest of the hall: no e-mail address, so there is no other way in than the event code."""
        participant = self.model(email=None, name=name, is_guest=True)
        participant.set_unusable_password()
        participant.save()
        return participant

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Participant":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Participant(AbstractBaseUser, PermissionsMixin):
    """A person who takes part, in the hall or far away."""

    class Visibility(models.TextChoices):
        FULL = "full", _("Name, organisation and place")
        NAME = "name", _("Name only")

    email = models.EmailField(_("e-mail"), unique=True, null=True)  # noqa: DJ001  null: a guest, or deleted
    name = models.CharField(_("display name"), max_length=MAX_NAME)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    job_title = models.CharField(_("role"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[valid_zone])
    visibility = models.CharField(
        _("what others see"), max_length=8, choices=Visibility.choices, default=Visibility.FULL
    )
    is_guest = models.BooleanField(default=False, help_text=_("joined with the event code of a hall"))
    is_demo = models.BooleanField(default=False, help_text=_("may be entered with one click in demo mode"))
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("operates the installation"))
    joined_at = models.DateTimeField(default=now)
    deleted_at = models.DateTimeField(null=True, editable=False)

    objects = ParticipantManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """ "City, Country" as far as known and shown; stands beside the name."""
        if self.is_guest:
            return str(_("guest"))
        if self.visibility == self.Visibility.NAME:
            return ""
        return ", ".join(part for part in (self.city, self.country) if part)


class Role(models.Model):
    """What a participant is, within a scope: "edition:1", "strand:2", "stage:4", "session:12".

    "Attendee" of anything narrower than an edition is an invitation to it.
    """

    class Name(models.TextChoices):
        GUEST = "guest", _("Guest")
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


class Pass(models.TextChoices):
    """What a registration is for. It opens sessions, it gives no rights over others: those are roles."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    SPEAKER = "speaker", _("Speaker")
    PRESS = "press", _("Press")
    EXHIBITOR = "exhibitor", _("Exhibitor")
    JURY = "jury", _("Jury")
    ORGANISER = "organiser", _("Organiser")


class Registration(models.Model):
    """A participant's ticket to an edition, given by its scope "edition:1"; `ticket` is the seller's reference."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="registrations")
    scope = models.CharField(max_length=64)
    pass_type = models.CharField(_("pass"), max_length=16, choices=Pass.choices)
    ticket = models.CharField(_("ticket reference"), max_length=80)
    registered_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "ticket"], name="one_registration_per_ticket")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.pass_type} of {self.scope}"


class BanQuerySet(models.QuerySet["Ban"]):
    """Selections of bans."""

    def standing(self) -> "BanQuerySet":
        """Those that hold now."""
        return self.filter(Q(until=None) | Q(until__gt=now()), lifted_at=None)


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
    """What somebody banned is known by who comes again after deleting their account: a keyed hash (people/bans.py)."""

    ban = models.ForeignKey(Ban, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ban", "mark"], name="one_mark_per_ban")]

    def __str__(self) -> str:
        return f"{self.ban_id}: {self.mark[:8]}"


class JoinLink(models.Model):
    """A personal way in (people/joining.py signs its id); `path` is where it leads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="join_links")
    path = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    made_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.participant} -> {self.path}"


class EventCode(models.Model):
    """The code that the screen of a hall shows: whoever types a name joins the scope "session:12" as a guest."""

    code = models.CharField(max_length=16, unique=True)
    scope = models.CharField(max_length=64, db_index=True)
    expires_at = models.DateTimeField()
    max_guests = models.PositiveIntegerField(default=2000)
    made_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code

    @classmethod
    def of(cls, scope: str) -> "EventCode | None":
        """The code that opens the scope now."""
        return cls.objects.filter(scope=scope, revoked_at=None, expires_at__gt=now()).order_by("pk").last()


class OnRecord(TypeError):
    """An entry of the audit log is never changed."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are written and read, nothing else; the database refuses it as well (migration 0003)."""

    def update(self, **_: Any) -> int:
        raise OnRecord

    def delete(self) -> tuple[int, dict[str, int]]:
        raise OnRecord


class AuditEntry(models.Model):
    """Who did what to whom, and when. Ids only: names go when their accounts go, the record stays."""

    at = models.DateTimeField(default=now, db_index=True)
    by_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=40)
    scope = models.CharField(max_length=64, db_index=True)
    participant_id = models.BigIntegerField(null=True, db_index=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.scope}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise OnRecord
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise OnRecord
