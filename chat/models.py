"""Chat messages and their operations."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from chat import events
from common import clock
from live.commit import in_bulk
from live.log import written
from live.models import Event
from people import audit
from people.models import Participant
from people.refusal import OtherWords, Refused
from sessions.blocklist import blocked
from sessions.models import Session
from sessions.writes import stored_by_room

MAX_LENGTH = 500
ON_THE_WAY = timedelta(seconds=3)  # what was pressed in time arrives
TAKEN = _("This message could not be sent. Copy it, reload the page and send it again.")


class Message(models.Model):
    """One message. Its id is the client's own, so the author sees it at once and the echo replaces it."""

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="messages")
    seq = models.BigIntegerField(help_text="of the event that announced it; the order of the chat")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="messages")
    text = models.CharField(max_length=MAX_LENGTH)
    sent_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="one_message_per_seq")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.text[:40]}"

    @classmethod
    def send(cls, session: Session, participant: Participant, text: str, client_id: uuid.UUID) -> Event:
        """Write a message into a session's chat; a repeat of the client id returns the first event.

        Raises Refused for the edition's blocked words, or when another participant's message has that id.
        """
        return cls.compose(session, participant, text, client_id).store()

    @classmethod
    def compose(cls, session: Session, participant: Participant, text: str, client_id: uuid.UUID) -> "Message":
        """A message that has not been stored yet. Raises Refused for the edition's blocked words."""
        if blocked(text, session.edition.blocked_terms):
            raise Refused(_("It contains a word that the organisers do not allow. Say it in other words."))
        return cls(id=client_id, session=session, participant=participant, text=text, sent_at=clock.now())

    def store(self) -> Event:
        """Write it, together with others of the moment.

        Raises Refused when its id is another participant's, or stands for other words of the same.
        """
        try:
            outcome = in_bulk(self.session.room_key, self, self._write)
        except IntegrityError as error:
            raise Refused(TAKEN) from error
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    @classmethod
    def store_all(cls, messages: list["Message"]) -> list[Event | Exception]:
        """Write messages that came together; for each the event that announced it, or what `store` raises."""
        outcomes = stored_by_room(messages, lambda message: message.session.room_key, cls._write)
        return [Refused(TAKEN) if isinstance(outcome, IntegrityError) else outcome for outcome in outcomes]

    @classmethod
    def _write(cls, messages: list["Message"]) -> list[Event | Refused]:
        """Store messages of one session and announce them; of one that has been written, the first event."""
        keys = [(message.participant_id, message.pk) for message in messages]
        announced = written(messages[0].session.room_key, keys)
        new = {key: message for key, message in zip(keys, messages, strict=True) if key not in announced}
        if new:
            appended = events.messages(list(new.values()))
            for message, event in zip(new.values(), appended, strict=True):
                message.seq = event.seq
            Message.objects.bulk_create(list(new.values()))
            announced |= zip(new, appended, strict=True)
        return [message._unless_other(announced[key]) for key, message in zip(keys, messages, strict=True)]

    def _unless_other(self, event: Event) -> Event | Refused:
        """The event that announced it, if it said the same (a removed one says nothing any more)."""
        return event if event.data["removed"] or event.data["text"] == self.text else OtherWords()

    def remove(self, by: Participant) -> bool:
        """Take the message out of everybody's chat; False when it had been removed before."""
        with transaction.atomic():
            marked = Message.objects.filter(pk=self.pk, removed_at=None)
            if not marked.update(removed_at=clock.now(), removed_by=by):
                return False
            self.refresh_from_db(fields=["removed_at"])
            events.removed(self)
            audit.record(by, "chat.remove", self.session.room_key, self.participant_id, message=str(self.pk))
        return True

    def restore(self, by: Participant) -> None:
        """Put a message back that was removed a moment ago; raises Refused when that is longer ago."""
        with transaction.atomic():
            since = clock.now() - events.UNDO_WITHIN - ON_THE_WAY
            removed = Message.objects.filter(pk=self.pk, removed_at__gt=since)
            if not removed.update(removed_at=None, removed_by=None):
                raise Refused(_("It is too late to undo that: the message stays removed."))
            self.removed_at = None
            events.restored(self)
            audit.record(by, "chat.restore", self.session.room_key, self.participant_id, message=str(self.pk))

    @classmethod
    def page(cls, session: Session, before: int | None = None, size: int = 50) -> list["Message"]:
        """The newest `size` messages, or those before seq `before`, oldest first."""
        messages = Message.objects.filter(session=session).select_related("participant")
        if before is not None:
            messages = messages.filter(seq__lt=before)
        return [*messages.order_by("-seq")[:size]][::-1]
