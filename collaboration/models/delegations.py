"""Delegations of an edition: whom an organisation sends, who manages that, and what they look for."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models import Organisation
from common.clock import now
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.access import OPEN, Access
from people.models import Participant
from registration.imports.tables import KeptTable
from sessions.models import Edition

MAX_NAME, MAX_OFFICE, MAX_NEED = 120, 160, 300


class Delegation(models.Model):
    """Whom an organisation sends to an edition; a city's may be `within` a national one."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="delegations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="delegations")
    within = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="cities")
    quota = models.PositiveSmallIntegerField(_("places"), default=5)
    imported = models.JSONField(default=dict, help_text="field -> fingerprint of what the last table said")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "organisation"], name="one_delegation_per_edition")]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """The desk of its focal points."""
        return reverse("collaboration:delegation", args=[self.pk])

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: only the action decides, and who is a focal point."""
        return OPEN


class FocalPoint(models.Model):
    """Somebody who manages a delegation: whoever signs in with this address."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="focal_points")
    email = models.EmailField(_("e-mail"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["delegation", "email"], name="one_focal_point_per_address")]

    def __str__(self) -> str:
        return self.email


class Delegate(models.Model):
    """Somebody whom a delegation sends."""

    class State(models.TextChoices):
        """How far it is with them."""

        NOMINATED = "nominated", _("Nominated")
        APPROVED = "approved", _("Approved")
        ACCREDITED = "accredited", _("Accredited")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="delegates")
    name = models.CharField(_("name"), max_length=MAX_NAME)
    office = models.CharField(_("office"), max_length=MAX_OFFICE, blank=True)
    organisation = models.CharField(_("organisation"), max_length=MAX_OFFICE, blank=True)
    city = models.CharField(_("city"), max_length=MAX_NAME, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_head = models.BooleanField(_("leads the delegation"), default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOMINATED)
    shares_agenda = models.BooleanField(default=False, help_text="by themselves: what they saved counts in its agenda")
    imported = models.JSONField(default=dict, help_text="field -> fingerprint of what the last table said")
    made_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-is_head", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(is_head=True, state__in=["nominated", "approved", "accredited"]),
                name="one_head_per_delegation",
            )
        ]

    def __str__(self) -> str:
        return self.name


class DelegationTable(KeptTable):
    """A table of delegations that was read and not applied yet."""


class Need(Searchable):
    """What a delegation looks for. Its own until it is published."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="needs")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.CharField(_("we look for"), max_length=MAX_NEED)
    published_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=now)
    text_folded = FoldedField(of="text")

    objects = SearchableQuerySet["Need"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
