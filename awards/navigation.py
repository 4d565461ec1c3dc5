"""The awards' entries in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Call
from common.contract import Entry, Link


def _awards(request: Any, edition: Any) -> Entry | None:
    """Where an edition has a call."""
    if edition is None or not Call.objects.filter(edition=edition.pk).exists():
        return None
    return Entry(_("Awards"), reverse("awards:index", args=[edition.slug]), "trophy")


LINKS = [Link("header", _awards)]
