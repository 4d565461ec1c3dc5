"""How the chat's views ask for permission."""

import uuid

from django.shortcuts import get_object_or_404

from chat.models import Message
from sessions.guard import Guard


def message_of(pk: uuid.UUID) -> Message:
    """The message, with what is shown of it, or 404."""
    messages = Message.objects.select_related("session__edition", "session__stage", "participant")
    return get_object_or_404(messages, pk=pk)


guard = Guard("chat.view", message_of)
