"""What everything of Tomorrow.City shares: it lasts all year, and who organises the current edition looks after it."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.access import OPEN, Access
from sessions.models import Edition

MAX_NAME, MAX_TITLE, MAX_PLACE, MAX_LINE, MAX_TEXT, MAX_WORDS = 160, 160, 80, 300, 6000, 2000


class OfTomorrow:
    """Roles of the current edition count. Open: the action decides, and the state of the thing."""

    @cached_property
    def edition(self) -> Edition | None:
        """The current edition, whose organisers look after it."""
        return Edition.current()

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes() if self.edition else []

    def access(self) -> Access:
        """Open: only the action decides."""
        return OPEN


class Commons(OfTomorrow):
    """All of Tomorrow.City: what pages that list things ask rights for."""


class Region(models.TextChoices):
    """A part of the world."""

    AFRICA = "africa", _("Africa")
    ARAB = "arab", _("Arab States")
    ASIA = "asia", _("Asia and the Pacific")
    EUROPE = "europe", _("Europe")
    LATIN = "latin", _("Latin America and the Caribbean")
    NORTH = "north", _("North America")


class Tag(models.Model):
    """A theme ("mobility") or an SDG target ("11.2"); the words of both are in tags.py."""

    code = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return self.code
