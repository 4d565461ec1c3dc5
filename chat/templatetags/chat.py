"""The chat panel, for whatever page a session is shown on."""

import uuid
from typing import Any

from django import template
from django.template.context import RequestContext

from chat import events
from chat.models import MAX_LENGTH, Message
from people.permissions import can
from sessions.models import Session
from sessions.rooms import role_for

register = template.Library()


@register.inclusion_tag("chat/_panel.html", takes_context=True)
def chat_panel(context: RequestContext, session: Session) -> dict[str, Any]:
    """The newest messages and the form of a session's chat."""
    request = context["request"]
    found = Message.page(session)
    return {
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
        "session": session,
        "messages": [events.data(message) for message in found],
        "first_seq": found[0].seq if found else 0,
        "more": len(found) == 50,
        "role": role_for(request.user, session),
        "can_send": can(request.user, "chat.send", session),
        "client_id": uuid.uuid4(),
        "max_length": MAX_LENGTH,
    }
