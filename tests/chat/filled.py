"""What the chat's addresses in the permission matrix need."""

import uuid

from chat.models import Message
from people.models import Participant


def fill(session, made):
    """A message of the attendee."""
    message = uuid.uuid4()
    Message.send(session, Participant.objects.get(pk=made["people"]["attendee"]), "Hello", message)
    return {"message": message}
