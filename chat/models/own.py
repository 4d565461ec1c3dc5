"""What participants do with messages: react to them, and read up to one."""

from django.db import models

from chat.models.message import Message
from people.models import Participant
from sessions.models import Session

EMOJI = ("👍", "❤️", "😂", "👏", "🎉", "🤔")  # that one can react with


class Reaction(models.Model):
    """A participant's reaction to a message: each emoji at most once."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "participant", "emoji"], name="one_reaction_each")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.emoji} {self.message_id}"


class ReadMark(models.Model):
    """How far a participant has read a session's chat, on whichever device."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "session"], name="one_read_mark_each")]

    def __str__(self) -> str:
        return f"{self.participant_id} at {self.session_id}/{self.seq}"
