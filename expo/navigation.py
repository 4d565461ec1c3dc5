"""The exhibition's entries in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from expo.models import Expo
from sessions.navigation import any_of

_any = any_of(Expo)


def _expo(request: Any, edition: Any) -> Entry | None:
    """Where an edition has an exhibition."""
    if edition is None or not _any(edition):
        return None
    return Entry(_("Expo"), reverse("expo:index", args=[edition.slug]), "store")


LINKS = [Link("edition", _expo)]
