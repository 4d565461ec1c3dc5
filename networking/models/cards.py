"""Who lets others find them, with what, and who keeps whom away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.access import OPEN, Access
from people.models import Participant
from sessions.models import Edition

MAX_ABOUT = 300


class Card(Searchable):
    """What a participant lets the others of an edition know. Who is not `is_listed` is in no list, by no address.

    It is the one consent: whoever may be asked for a meeting, or is suggested to others, is listed here.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="cards")
    is_listed = models.BooleanField(_("others of this edition may find me and write to me"), default=False)
    shows_organisation = models.BooleanField(_("my organisation"), default=False)
    shows_role = models.BooleanField(_("my role"), default=False)
    shows_country = models.BooleanField(_("my country"), default=False)
    shows_interests = models.BooleanField(_("the themes I follow, and sessions that both of us saved"), default=False)
    about = models.CharField(_("a line about me"), max_length=MAX_ABOUT, blank=True)
    changed_at = models.DateTimeField(default=now)
    about_folded = FoldedField(of="about")

    objects = SearchableQuerySet["Card"].as_manager()

    class Meta:
        ordering = ["participant__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "participant"], name="one_card_per_edition")]
        indexes = [models.Index(fields=["edition", "is_listed"])]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.participant_id}"

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: whether it is listed decides."""
        return OPEN


class Block(models.Model):
    """Somebody keeps somebody else away: from then on neither finds the other nor writes to them. Nobody is told."""

    blocker = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="blocked_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} {self.blocked_id}"
