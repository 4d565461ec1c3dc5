"""What the chat's addresses in the permission matrix need."""

import uuid

from chat.models import Message
from people.models import Participant


def fill(session, made):
    """Two messages of the attendee, one of them just removed."""
    message, removed = uuid.uuid4(), uuid.uuid4()
    author = Participant.objects.get(pk=made["people"]["attendee"])
    for pk in (message, removed):
        Message.send(session, author, "Hello", pk)
    Message.objects.get(pk=removed).remove(Participant.objects.get(pk=made["people"]["moderator"]))
    return {"message": message, "removed_message": removed}
