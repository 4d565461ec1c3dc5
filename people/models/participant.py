"""A participant: who somebody is."""

from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import MadeAt
from common.numbers import id_in
from common.prepared import Prepared
from common.search import FoldedField, Searchable, SearchableQuerySet

MAX_NAME = 80


def valid_zone(name: str) -> None:
    """Raises ValidationError for a name that is no IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class ParticipantManager(BaseUserManager["Participant"]):
    """Makes participants; the e-mail address is the login name."""

    def get_queryset(self) -> SearchableQuerySet["Participant"]:
        """A queryset that keeps the folded copies up to date."""
        return SearchableQuerySet(self.model, using=self._db)

    def get(self, *conditions: Any, **values: Any) -> "Participant":
        """The one participant. Every request of somebody who is signed in asks for one by id alone."""
        is_of_some = type(self) is not ParticipantManager  # those of a group, say: Django derives a manager from this
        if is_of_some or conditions or values.keys() != {"pk"} or not id_in(values, "pk"):
            return super().get(*conditions, **values)
        found = _BY_ID.ask(values["pk"])
        if not found:
            raise self.model.DoesNotExist
        return found[0]

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Participant":
        """A saved participant; the address is stored in lower case."""
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
        """A saved participant who operates the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Participant(Searchable, AbstractBaseUser, PermissionsMixin):
    """A person who takes part, in the hall or far away."""

    class Visibility(models.TextChoices):
        """How much of the profile other participants see."""

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
    name_folded = FoldedField(of="name")
    organisation_folded = FoldedField(of="organisation")
    is_guest = models.BooleanField(default=False, help_text=_("joined with the event code of a hall"))
    is_demo = models.BooleanField(default=False, help_text=_("may be entered with one click in demo mode"))
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("operates the installation"))
    joined_at = MadeAt()
    deleted_at = models.DateTimeField(null=True, editable=False)

    objects = ParticipantManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        indexes = [models.Index(fields=["name", "id"])]  # lists of people are in this order

    def __str__(self) -> str:
        return self.name

    def scopes_held(self) -> set[str]:
        """Every scope in which they hold a role or a ban, or have or had a registration."""
        kinds = (self.roles, self.registrations, self.bans)
        return {scope for kind in kinds for scope in kind.values_list("scope", flat=True)}

    @property
    def operates(self) -> bool:
        """Whether they operate the installation, and so sign in with a code by e-mail only."""
        return self.is_staff or self.is_superuser

    @property
    def place(self) -> str:
        """ "City, Country" as far as known and shown; stands beside the name."""
        return place_of(self.is_guest, self.visibility, self.city, self.country)


def place_of(is_guest: bool, visibility: str, city: str, country: str) -> str:
    """What `Participant.place` says, from these fields."""
    if is_guest:
        return str(_("guest"))
    if visibility == Participant.Visibility.NAME:
        return ""
    return ", ".join(part for part in (city, country) if part)


_BY_ID = Prepared(lambda pk: Participant.objects.filter(pk=pk))
