"""What two people write to each other, and what of it was reported. The steps are in state.py."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import now
from people.access import OPEN, Access
from people.models import Participant
from sessions.models import Edition

MAX_LINE = 1000
MAX_REASON = 500


def pair_of(one: int, other: int) -> str:
    """The same for two people, whoever asks: ids, the lower first."""
    return f"{min(one, other)}:{max(one, other)}"


class Conversation(models.Model):
    """Two people of an edition. It begins with a request: until it is accepted, only its first line was written.

    `asker_news` and `asked_news`: what each has not looked at yet, in lines and steps.
    """

    class State(models.TextChoices):
        """Where it stands."""

        REQUESTED = "requested", _("Requested")
        OPEN = "open", _("Open")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    asker = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="conversations_asked")
    asked = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="conversations")
    pair = models.CharField(max_length=40, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    begun_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    asker_news = models.PositiveIntegerField(default=0)
    asked_news = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-changed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "pair"], name="one_conversation_of_two")]

    def __str__(self) -> str:
        return f"{self.pair} {self.state}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("networking:conversation", args=[self.pk])

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: who is in it decides."""
        return OPEN

    @property
    def room_key(self) -> str:
        """The key of its room in `live`."""
        return f"conversation:{self.pk}"

    def side(self, participant_id: int) -> str:
        """ "asker" or "asked"."""
        return "asker" if participant_id == self.asker_id else "asked"

    def other(self, participant_id: int) -> Participant:
        """The other one of the two."""
        return self.asked if participant_id == self.asker_id else self.asker

    def other_id(self, participant_id: int) -> int:
        """The id of the other one of the two."""
        return self.asked_id if participant_id == self.asker_id else self.asker_id

    def news(self, participant_id: int) -> int:
        """How much one of the two has not looked at."""
        return self.asker_news if participant_id == self.asker_id else self.asked_news


class Line(models.Model):
    """One line. Its id is the client's own."""

    id = models.UUIDField(primary_key=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="lines")
    author = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=MAX_LINE)
    at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["conversation", "at"])]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def edition(self) -> Edition:
        """Of its conversation."""
        return self.conversation.edition

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: whose it is decides."""
        return OPEN


class Report(models.Model):
    """One of the two tells the organisers of the other: why, and copies of the lines that they chose, of no others."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, related_name="reports")
    by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reports_made")
    about = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("what is wrong"), max_length=MAX_REASON)
    lines = models.JSONField(default=list)  # texts
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["edition", "state"])]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.state}"

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: only the action decides."""
        return OPEN
