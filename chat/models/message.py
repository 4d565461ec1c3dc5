"""Chat messages: what one is, and how many are written at once."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from chat import events
from chat.shortcodes import with_emoji
from common import clock
from common.prepared import Prepared
from common.search import FoldedField, Searchable, SearchableQuerySet
from live.commit import in_bulk
from live.log import written
from live.models import Event
from live.outcomes import Done, Failed, Outcome
from people import audit
from people.models import Participant
from people.refusal import OtherWords, Refused
from sessions.blocklist import blocked
from sessions.models import Session
from sessions.writes import stored_by_room

PAGE = 50  # messages of a page
MAX_LENGTH = 500
# Of a page's messages, their authors and what they answer: what `messages_data` reads.
SHOWN = (
    *("session", "seq", "text", "sent_at", "edited_at", "version", "mentions", "held", "removed_at", "removed_by"),
    *("reason", "participant__name", "participant__is_guest", "participant__visibility", "participant__city"),
    *("participant__country", "reply_to__text", "reply_to__held", "reply_to__removed_at"),
    "reply_to__participant__name",
)
UNDO_WITHIN = timedelta(seconds=10)
ON_THE_WAY = timedelta(seconds=3)  # what was pressed in time arrives
TAKEN = _("This message could not be sent. Copy it, reload the page and send it again.")


class MessageQuerySet(SearchableQuerySet["Message"]):
    """Selections of messages."""

    def shown(self) -> "MessageQuerySet":
        """Those that everybody reads."""
        return self.filter(held="", removed_at=None)

    def for_display(self) -> "MessageQuerySet":
        """With everything that is shown of a message, in one query."""
        return self.select_related("participant", "reply_to__participant").defer("text_folded")


class Message(Searchable):
    """One message. Its id is the client's own, so the author sees it at once and the echo replaces it."""

    class Held(models.TextChoices):
        """Why a moderator reads it before others do."""

        WORDS = "words", _("a word of the list")
        LINKS = "links", _("a link")
        FIRST = "first", _("their first message")

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="messages")
    seq = models.BigIntegerField(help_text="of the event that announced it; the order of the chat")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="messages")
    text = models.CharField(max_length=MAX_LENGTH)
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    mentions = models.JSONField(default=list, help_text="ids of participants")
    names_somebody = models.BooleanField(default=False, help_text="whether there are mentions; for their index")
    held = models.CharField(max_length=8, choices=Held.choices, blank=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=120, blank=True)
    text_folded = FoldedField(of="text")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="one_message_per_seq")]
        indexes = [
            models.Index(fields=["session", "seq"], condition=models.Q(names_somebody=True), name="chat_named"),
            models.Index(fields=["session", "sent_at"], name="chat_by_time"),  # windows of a replay
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.text[:40]}"

    @classmethod
    def send(cls, session: Session, participant: Participant, text: str, client_id: uuid.UUID, **more: Any) -> Event:
        """Write a message into a session's chat; a repeat of the client id returns the first event.

        Raises Refused for the edition's blocked words, or when another participant's message has that id.
        """
        return cls.compose(session, participant, text, client_id, **more).store()

    @classmethod
    def compose(
        cls, session: Session, participant: Participant, text: str, client_id: uuid.UUID, **more: Any
    ) -> "Message":
        """A message that has not been stored yet. Raises Refused for the edition's blocked words."""
        text = allowed(session, text)
        return cls(id=client_id, session=session, participant=participant, text=text, sent_at=clock.now(), **more)

    def store(self) -> Event:
        """Write it, together with others of the moment.

        Raises Refused when its id is another participant's, or stands for other words of the same.
        """
        try:
            return in_bulk(self.session.room_key, self, self._write)
        except IntegrityError as error:
            raise Refused(TAKEN) from error

    @classmethod
    def store_all(cls, messages: list["Message"]) -> list[Outcome[Event]]:
        """Write messages that came together; for each the event that announced it."""
        outcomes = stored_by_room(messages, lambda message: message.session.room_key, cls._write)
        return [Failed(Refused(TAKEN)) if _is_taken(outcome) else outcome for outcome in outcomes]

    @classmethod
    def _write(cls, messages: list["Message"]) -> list[Outcome[Event]]:
        """Store messages of one session and announce them; of one that has been written, the first event."""
        keys = [(message.participant_id, message.pk) for message in messages]
        announced = written(messages[0].session.room_key, keys)
        new = {key: message for key, message in zip(keys, messages, strict=True) if key not in announced}
        if new:
            appended = events.sent(list(new.values()))
            for message, event in zip(new.values(), appended, strict=True):
                message.seq = event.seq
                message.names_somebody = bool(message.mentions)
            Message.objects.bulk_create(list(new.values()))
        before = Message.objects.in_bulk([pk for _author, pk in announced]) if announced else {}
        stored = {pk: message for (_author, pk), message in new.items()} | before
        announced |= zip(new, appended, strict=True) if new else ()
        return [
            Done(announced[key]) if message.says_as(stored.get(message.pk)) else Failed(OtherWords())
            for key, message in zip(keys, messages, strict=True)
        ]

    def says_as(self, stored: "Message | None") -> bool:
        """Whether it repeats the stored one (what was removed or changed since says nothing of what was sent)."""
        return stored is None or bool(stored.removed_at or stored.edited_at) or stored.text == self.text

    @classmethod
    def page(cls, session: Session, before: int | None = None) -> list["Message"]:
        """The newest PAGE messages, or those before seq `before`, oldest first."""
        return _PAGE.ask(session.pk, before)[::-1]

    def remove(self, by: Participant, reason: str = "") -> bool:
        """Take the message out of everybody's chat, for a reason that all read; False when it had been before.

        Its author may do so as well. What was reported of it is settled, what was held is turned down.
        """
        with transaction.atomic():
            marked = Message.objects.filter(pk=self.pk, removed_at=None)
            if not marked.update(removed_at=clock.now(), removed_by=by, reason=reason):
                return False
            self.refresh_from_db(fields=["removed_at", "reason"])
            self.removed_by = by
            self.reports.filter(settled_at=None).update(settled_at=clock.now(), settled_by=by)
            self._changed()
            if by.pk != self.participant_id:
                events.told(self)
                audit.record(by, "chat.remove", self.session.room_key, self.participant_id, message=str(self.pk))
        return True

    def restore(self, by: Participant) -> None:
        """Put a message back that one has removed a moment ago; raises Refused when that is longer ago."""
        with transaction.atomic():
            since = clock.now() - UNDO_WITHIN - ON_THE_WAY
            removed = Message.objects.filter(pk=self.pk, removed_at__gt=since)
            if not removed.update(removed_at=None, removed_by=None, reason=""):
                raise Refused(_("It is too late to undo that: the message stays removed."))
            self.refresh_from_db(fields=["removed_at", "reason"])
            self.reports.filter(settled_at__gt=since).update(settled_at=None, settled_by=None)
            self._changed()
            if by.pk != self.participant_id:
                events.told(self)
                audit.record(by, "chat.restore", self.session.room_key, self.participant_id, message=str(self.pk))

    def edit(self, text: str, version: int) -> None:
        """Give it other words. Raises Refused when it has been changed or removed since `version`."""
        text = allowed(self.session, text)
        with transaction.atomic():
            unchanged = Message.objects.filter(pk=self.pk, version=version, removed_at=None)
            if not unchanged.update(text=text, edited_at=clock.now(), version=version + 1):
                raise Refused(_("This message has been changed or removed meanwhile. Your words are kept here."))
            self._changed()

    def _changed(self) -> None:
        """Tell everybody, or, of what only staff and its author have seen, those."""
        if self.held:
            events.held([self])
        else:
            events.changed(self)
        if self.held or self.reports.exists():
            events.case(self)


def _is_taken(outcome: Outcome[Event]) -> bool:
    """Whether another participant's message has that id."""
    return isinstance(outcome, Failed) and isinstance(outcome.error, IntegrityError)


def allowed(session: Session, text: str) -> str:
    """The text with its emoji. Raises Refused for the edition's blocked words."""
    if blocked(text, session.edition.blocked_terms):
        raise Refused(_("It contains a word that the organisers do not allow. Say it in other words."))
    return with_emoji(text)[:MAX_LENGTH]


def _page(session: int, before: int | None) -> MessageQuerySet:
    messages = Message.objects.filter(session=session, held="").select_related("participant", "reply_to__participant")
    if before is not None:
        messages = messages.filter(seq__lt=before)
    return messages.only(*SHOWN).order_by("-seq")[:PAGE]


_PAGE = Prepared(_page)
