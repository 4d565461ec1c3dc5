"""What the chat's entries of the log show: looked up when they are sent, so nothing comes back that was taken out."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chat.data import MessageData, case_data, messages_data, mode_data, waiting, with_mode
from chat.models import Message, Mute

Entries = Sequence[Mapping[str, Any]]


def _messages(entries: Entries) -> dict[str, Message]:
    found = Message.objects.for_display().in_bulk({uuid.UUID(entry["id"]) for entry in entries})
    return {str(pk): message for pk, message in found.items()}


def _shown(chosen: Callable[[Message], bool]) -> Callable[[Entries], list[MessageData | None]]:
    """A source for messages; None of those that are not chosen."""

    def source(entries: Entries) -> list[MessageData | None]:
        messages = [message for message in _messages(entries).values() if chosen(message)]
        data = {each["id"]: each for each in messages_data(messages)}
        return [data.get(entry["id"]) for entry in entries]

    return source


def cases(entries: Entries) -> list[dict[str, Any] | None]:
    """What moderators look at."""
    ids = {uuid.UUID(entry["id"]) for entry in entries}
    messages = Message.objects.for_display().prefetch_related("reports").in_bulk(ids)
    counts = {pk: waiting(pk) for pk in {message.session_id for message in messages.values()}}
    data = {str(pk): case_data(message) | {"waiting": counts[message.session_id]} for pk, message in messages.items()}
    return [data.get(entry["id"]) for entry in entries]


def modes(entries: Entries) -> list[dict[str, Any] | None]:
    """How chats are held."""
    data = {pk: mode_data(session) for pk, session in with_mode({entry["session"] for entry in entries}).items()}
    return [data.get(entry["session"]) for entry in entries]


def mutes(entries: Entries) -> list[dict[str, Any] | None]:
    """Until when somebody may not write, and why; without `until` when that is over."""
    rows = Mute.objects.in_bulk({entry["mute"] for entry in entries})
    data = {pk: mute_data(mute) for pk, mute in rows.items()}
    return [data.get(entry["mute"]) for entry in entries]


def mute_data(mute: Mute) -> dict[str, Any]:
    """A mute as who is muted reads it."""
    return {"until": "" if mute.lifted_at else mute.until.isoformat(), "reason": mute.reason}


SOURCES: dict[str, Any] = {
    "chat.message": _shown(lambda message: not message.held),
    "chat.changed": _shown(lambda message: not message.held),
    "chat.held": _shown(lambda message: bool(message.held)),
    "chat.mention": _shown(lambda message: not message.held and not message.removed_at),
    "chat.told": _shown(lambda message: True),
    "chat.case": cases,
    "chat.mode": modes,
    "chat.muted": mutes,
}
