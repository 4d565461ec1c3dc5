"""The entry of announcements in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from people.permissions import can


def _manage(request: Any, edition: Any) -> Entry | None:
    if edition is None or not can(request.user, "announcements.make", edition):
        return None
    return Entry(_("Announcements"), reverse("announcements:manage", args=[edition.slug]), "megaphone")


LINKS = [Link("work", _manage)]
