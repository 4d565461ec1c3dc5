"""The kinds of events that chat appends to a session's room."""

from typing import TYPE_CHECKING, Any

from live.models import Event, append, redact

if TYPE_CHECKING:
    from chat.models import Message


def data(message: "Message") -> dict[str, Any]:
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
    }


def message(message: "Message") -> Event:
    """ "chat.message": a message was sent. Carries the author's client id: the message's own."""
    return append(
        message.session.room_key,
        "chat.message",
        data(message),
        participant_id=message.participant_id,
        client_id=message.pk,
        parent=message.session.edition.room_key,
    )


def removed(message: "Message") -> Event:
    """ "chat.removed": staff took a message out; its text leaves the log as well."""
    redact(message.session.room_key, message.participant_id, message.pk, text="", removed=True)
    return append(
        message.session.room_key,
        "chat.removed",
        {"id": str(message.pk)},
        parent=message.session.edition.room_key,
    )
