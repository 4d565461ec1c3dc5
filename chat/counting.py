"""How often messages are reacted to: counted anew when it is pushed."""

import uuid
from typing import Any

from chat.data import reaction_counts
from chat.models import Message
from live.audiences import EVERYONE


def reactions(ids: list[str]) -> dict[str, Any]:
    """The volatile "chat.reactions" of these messages, by audience; nothing of those that are not shown."""
    shown = Message.objects.shown().filter(pk__in=[uuid.UUID(pk) for pk in ids]).values_list("pk", flat=True)
    counts = reaction_counts(shown)
    return {EVERYONE: {"reactions": {str(pk): counts[pk] for pk in shown}}}
