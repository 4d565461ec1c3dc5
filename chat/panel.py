"""The chat beside a stream."""

import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.context import RequestContext

from chat import events
from chat.models import MAX_LENGTH, Message
from people.models import Participant
from people.permissions import can
from sessions.models import Session
from sessions.rooms import role_for


def context(page: RequestContext, session: Session) -> dict[str, Any]:
    """The newest messages and the form of a session's chat."""
    user = page["request"].user
    return messages_page(session, user) | {
        "can_send": can(user, "chat.send", session),
        "client_id": uuid.uuid4(),
        "max_length": MAX_LENGTH,
    }


def messages_page(session: Session, user: Participant | AnonymousUser, before: int | None = None) -> dict[str, Any]:
    """What a page of messages shows: the newest ones, or those before seq `before`."""
    messages = Message.page(session, before)
    return {
        "session": session,
        "messages": [events.data(message) for message in messages],
        "first_seq": messages[0].seq if messages else 0,
        "more": len(messages) == 50,
        "role": role_for(user, session),
    }
