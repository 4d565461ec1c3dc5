"""The show's entry in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from people.permissions import can


def _control(request: Any, edition: Any) -> Entry | None:
    allowed = edition is not None and can(request.user, "show.oversee", edition)
    return Entry(_("Control room"), reverse("show:control", args=[edition.slug]), "monitor-play") if allowed else None


LINKS = [Link("work", _control)]
