"""Whom a thing is for: what `permissions.can` asks the thing itself."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a thing. The rest is told that it does not exist."""

    PUBLIC = "public", _("Everybody")
    REGISTERED = "registered", _("Registered participants")
    PASSES = "passes", _("Some passes")
    INVITED = "invited", _("By invitation")


@dataclass(frozen=True)
class Access:
    """`passes` count for PASSES only; before `embargo_until` only those who run it or speak in it see it.

    `guests_may` names what guests of the hall may do: "chat", "questions", "polls".
    """

    visibility: str = Visibility.PUBLIC
    passes: frozenset[str] = frozenset()
    embargo_until: datetime | None = None
    guests_may: frozenset[str] = frozenset()


OPEN = Access()
