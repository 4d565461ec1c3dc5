"""The kinds of events that chat appends to a session's room."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from live.log import append, append_all, redact
from live.models import Event
from people.models import Participant
from sessions.models import Session

UNDO_WITHIN = timedelta(seconds=10)


class Message(Protocol):
    """The parts of a chat.models.Message that events need; that file imports this one."""

    pk: uuid.UUID
    session: Session
    session_id: int
    seq: int
    participant: Participant
    participant_id: int
    text: str
    sent_at: datetime
    removed_at: datetime | None


def data(message: Message) -> dict[str, Any]:
    """What a message's template shows, in an event and on the page alike; no text once it is removed."""
    author = message.participant
    return {
        "id": str(message.pk),
        "session": message.session_id,
        "seq": message.seq,  # None in the event itself, which has its own
        "participant": author.pk,
        "name": author.name,
        "place": author.place,
        "text": "" if message.removed_at else message.text,
        "sent_at": message.sent_at.isoformat(),
        "removed": bool(message.removed_at),
        "undo_until": (message.removed_at + UNDO_WITHIN).isoformat() if message.removed_at else "",
    }


def messages(messages: Sequence[Message]) -> list[Event]:
    """ "chat.message": messages of one session were sent. Each carries the author's client id: the message's own."""
    events = [
        Event(kind="chat.message", data=data(message), participant_id=message.participant_id, client_id=message.pk)
        for message in messages
    ]
    append_all(messages[0].session.room_key, events, messages[0].session.edition.room_key)
    return events


def removed(message: Message) -> Event:
    """ "chat.removed": staff took a message out; its text leaves the log as well."""
    redact(message.session.room_key, message.participant_id, message.pk, text="", removed=True)
    return append(
        message.session.room_key,
        "chat.removed",
        data(message),
        parent=message.session.edition.room_key,
    )


def restored(message: Message) -> Event:
    """ "chat.restored": staff put it back; the log has its text again."""
    redact(message.session.room_key, message.participant_id, message.pk, text=message.text, removed=False)
    return append(
        message.session.room_key,
        "chat.restored",
        data(message),
        parent=message.session.edition.room_key,
    )
