"""The chat beside a stream."""

import uuid
from typing import Any

from django.template.context import RequestContext

from chat import events
from chat.models import MAX_LENGTH, Message
from people.permissions import can
from sessions.models import Session
from sessions.rooms import role_for


def context(page: RequestContext, session: Session) -> dict[str, Any]:
    """The newest messages and the form of a session's chat."""
    request = page["request"]
    found = Message.page(session)
    return {
        "session": session,
        "messages": [events.data(message) for message in found],
        "first_seq": found[0].seq if found else 0,
        "more": len(found) == 50,
        "role": role_for(request.user, session),
        "can_send": can(request.user, "chat.send", session),
        "client_id": uuid.uuid4(),
        "max_length": MAX_LENGTH,
    }
