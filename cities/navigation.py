"""The entry of Tomorrow.City in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link


def _tomorrow(request: Any, edition: Any) -> Entry | None:
    """For everybody who may look around."""
    if edition is None:
        return None
    return Entry(_("Tomorrow.City"), reverse("cities:overview"), "globe")


LINKS = [Link("edition", _tomorrow)]
