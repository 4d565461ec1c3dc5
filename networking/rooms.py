"""Who may follow the room of a conversation: its two people, nobody else."""

import uuid
from typing import Any

from live.viewer import Viewer
from networking.models import Conversation
from people.permissions import can


def conversation(user: Any, key: str) -> Viewer | None:
    """The eyes on "conversation:<id>"."""
    try:
        pk = uuid.UUID(key.partition(":")[2])
    except ValueError:
        return None
    found = Conversation.objects.filter(pk=pk).select_related("edition").first()
    if found is None or key != found.room_key or not is_in(user, found):
        return None
    return Viewer(found.side(user.pk), user.pk) if can(user, "networking.view", found) else None


def is_in(user: Any, found: Conversation) -> bool:
    """Whether somebody is one of the two."""
    return bool(user.is_authenticated and user.pk in (found.asker_id, found.asked_id))
