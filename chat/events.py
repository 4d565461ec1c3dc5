"""The kinds of events that chat appends to the log. They hold ids; what they show is looked up (chat/entries.py)."""

import uuid
from collections.abc import Sequence
from typing import Any, Protocol

from live.audiences import only
from live.log import append, append_all, hide
from live.models import Event
from sessions.audiences import STAFF
from sessions.models import Session


class Message(Protocol):
    """The parts of a chat.models.Message that events need; that file imports this one."""

    pk: uuid.UUID
    session: Session
    participant_id: int
    mentions: Any
    held: str


def _data(message: Message) -> dict[str, Any]:
    return {"id": str(message.pk)}


def sent(messages: Sequence[Message]) -> list[Event]:
    """Messages of one session were sent. Each has an event with the author's client id: the message's own.

    "chat.message" is for everybody; "chat.held", for the author, says that a moderator reads it first.
    """
    events = [
        Event(
            kind="chat.held" if message.held else "chat.message",
            audience=only(message.participant_id) if message.held else "everyone",
            data=_data(message),
            participant_id=message.participant_id,
            client_id=message.pk,
        )
        for message in messages
    ]
    session = messages[0].session
    append_all(session.room_key, [*events, *_besides(messages)], session.edition.room_key)
    return events


def _besides(messages: Sequence[Message]) -> list[Event]:
    """What goes with messages: "chat.case" to the moderators, "chat.mention" to whom they name."""
    cases = [Event(kind="chat.case", audience=STAFF, data=_data(message)) for message in messages if message.held]
    named = [(message, who) for message in messages if not message.held for who in message.mentions]
    return cases + [Event(kind="chat.mention", audience=only(who), data=_data(message)) for message, who in named]


def held(messages: Sequence[Message]) -> None:
    """ "chat.held": the author sees what became of messages of one session that a moderator reads first."""
    events = [Event(kind="chat.held", audience=only(each.participant_id), data=_data(each)) for each in messages]
    append_all(messages[0].session.room_key, events)


def let_through(message: Message) -> Event:
    """ "chat.message": a held message is everybody's now."""
    event = Event(kind="chat.message", data=_data(message))
    append_all(message.session.room_key, [event, *_besides([message])])
    return event


def changed(message: Message) -> None:
    """ "chat.changed": a message has other words, is removed or is back. No catch-up brings the old words back."""
    append(message.session.room_key, "chat.changed", _data(message), parent=message.session.edition.room_key)
    hide(message.session.room_key)


def told(message: Message) -> None:
    """ "chat.told": the author reads that a moderator has removed a message, and why."""
    append(message.session.room_key, "chat.told", _data(message), audience=only(message.participant_id))


def case(message: Message) -> None:
    """ "chat.case": moderators have something to look at, or somebody has looked at it."""
    append(message.session.room_key, "chat.case", _data(message), audience=STAFF)


def card(session: Session, pk: int) -> Event:
    """ "chat.card": a card comes last in the chat, or says something else where it stands."""
    return append(session.room_key, "chat.card", {"card": pk}, parent=session.edition.room_key)


def mode(session: Session) -> None:
    """ "chat.mode": how the chat is held has changed: slow mode, the pinned message."""
    append(session.room_key, "chat.mode", {"session": session.pk}, parent=session.edition.room_key)
    hide(session.room_key)


def muted(key: str, mute_id: int, participant_id: int) -> None:
    """ "chat.muted": somebody may not write for a while, or may again; only they are told, in the room of that key."""
    append(key, "chat.muted", {"mute": mute_id}, audience=only(participant_id))
