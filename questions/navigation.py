"""The Q&A's entry in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry
from people.permissions import MODERATOR, standing


def inbox_link(request: Any, edition: Any) -> Entry | None:
    """The inbox, for who moderates anything."""
    moderates = any(name == MODERATOR for name, _scope in standing(request.user).roles)
    return Entry(_("Questions"), reverse("questions:inbox"), "inbox") if moderates else None
