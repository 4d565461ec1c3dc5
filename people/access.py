"""Who may see a thing. `permissions.can` asks the thing for its `Access`."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a thing. For all others it does not exist (404)."""

    PUBLIC = "public", _("Everybody")
    REGISTERED = "registered", _("Registered participants")
    PASSES = "passes", _("Some passes")
    INVITED = "invited", _("By invitation")


@dataclass(frozen=True)
class Access:
    """Who may see a thing, and from when.

    `passes` count with visibility PASSES only. Before `embargo_until` only its staff and speakers see it. `guests_may`
    names what guests of the hall may do: "chat", "questions", "polls".
    """

    visibility: str = Visibility.PUBLIC
    passes: frozenset[str] = frozenset()
    embargo_until: datetime | None = None
    guests_may: frozenset[str] = frozenset()


OPEN = Access()
