"""How machines translate messages: what stands, as everybody reads it."""

import uuid
from collections.abc import Collection

from chat.models import Message
from common.contract import Translatable, Words
from people.models import Participant

NEWEST = 30  # messages that somebody who comes sees in their own language


def words(ids: Collection[str]) -> dict[str, Words]:
    """The words of messages that everybody reads, with the names in them."""
    messages = list(Message.objects.shown().filter(pk__in=[uuid.UUID(each) for each in ids]).defer("text_folded"))
    named = {pk for message in messages for pk in message.mentions}
    names = dict(Participant.objects.filter(pk__in=named).values_list("pk", "name")) if named else {}
    return {
        str(message.pk): Words(message.text, names=[f"@{names[pk]}" for pk in message.mentions if names.get(pk)])
        for message in messages
    }


def newest(session_id: int) -> list[str]:
    """The ids of the newest messages."""
    messages = Message.objects.shown().filter(session=session_id).order_by("-seq")
    return [str(pk) for pk in messages.values_list("pk", flat=True)[:NEWEST]]


MESSAGES = Translatable(["chat.message", "chat.changed"], words, newest)
