"""What moderators decide in a chat: how it is held, who is muted, what was reported."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chat.models.message import Message
from common import clock
from people.models import Participant
from sessions.models import Session

CROWDED = 150  # messages within ten seconds that nobody can read any more


class ChatSettings(models.Model):
    """How a session's chat is held. A session without a row has what stands here."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="chat_settings")
    slow = models.PositiveIntegerField(_("seconds between two messages of a person"), default=0)
    crowded = models.PositiveIntegerField(_("messages in ten seconds that start slow mode (0: never)"), default=CROWDED)
    hold_words = models.TextField(_("words that a moderator reads first"), blank=True)
    hold_links = models.BooleanField(_("links are read by a moderator first"), default=False)
    hold_first = models.BooleanField(_("everybody's first message is read by a moderator first"), default=False)
    pinned = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    crowded_until = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"chat of {self.session_id}"

    @property
    def pause(self) -> int:
        """Seconds that a person waits between two messages now; 0: none."""
        by_itself = CROWDED_PAUSE if self.crowded_until and self.crowded_until > clock.now() else 0
        return max(self.slow, by_itself)


CROWDED_PAUSE = 15  # seconds between two messages of a person while the chat is crowded


class MuteQuerySet(models.QuerySet["Mute"]):
    """Selections of mutes."""

    def standing(self, at: datetime | None = None) -> "MuteQuerySet":
        """Those that are in force at a moment, now without one."""
        return self.filter(lifted_at=None, until__gt=at or clock.now())


class Mute(models.Model):
    """A participant writes nothing in the chats of a scope ("session:12", "stage:4", "edition:1") until a time.

    They go on reading, ask questions and vote.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+", help_text="where it was decided")
    scope = models.CharField(max_length=64, db_index=True)
    reason = models.CharField(max_length=120)
    until = models.DateTimeField()
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True)

    objects = MuteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.participant_id} muted in {self.scope}"


class Report(models.Model):
    """A participant's word to the moderators that a message should not stand; `text` is as they read it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reports")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=120)
    text = models.CharField(max_length=500)
    at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "participant"], name="one_report_each")]
        indexes = [models.Index(fields=["message"], condition=Q(settled_at=None), name="open_reports")]

    def __str__(self) -> str:
        return f"report of {self.message_id}"
