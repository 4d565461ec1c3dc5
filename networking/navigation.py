"""The way to the people of an edition."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from people.permissions import can


def _people(request: Any, edition: Any) -> Entry | None:
    if edition is None or not can(request.user, "networking.view", edition):
        return None
    return Entry(_("People"), reverse("networking:directory", args=[edition.slug]), "users")


LINKS = [Link("edition", _people)]
