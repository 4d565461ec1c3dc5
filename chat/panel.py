"""The chat beside a stream."""

import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.context import RequestContext

from chat import cards
from chat.data import messages_data, mode_data, waiting
from chat.models import MAX_LENGTH, PAGE, Message
from chat.models.own import EMOJI
from chat.moderating import REASONS
from chat.shortcodes import BY_NAME
from common import search
from people.models import Participant
from people.permissions import can
from sessions.models import Session
from sessions.rooms import role_for

NEWER = 15  # of a page around one of them stand below it
FOUND = 30  # messages of a search, the newest


def context(page: RequestContext, session: Session) -> dict[str, Any]:
    """The newest messages and the form of a session's chat."""
    user = page["request"].user
    shown: dict[str, Any] = page["read"]
    return shown | {
        "can_send": can(user, "chat.send", session),
        "client_id": uuid.uuid4(),
        "max_length": MAX_LENGTH,
        "emoji": BY_NAME,
        "reactions": EMOJI,
        "reasons": REASONS,
        "mode": mode_data(session),
        "waiting": waiting(session.pk) if shown["role"] == "staff" else 0,
    }


def messages_page(session: Session, user: Participant | AnonymousUser, before: int | None = None) -> dict[str, Any]:
    """What a page of messages shows: the newest ones, or those before seq `before`."""
    messages = Message.page(session, before)
    first = messages[0].seq if len(messages) == PAGE else 0
    flow = [*messages_data(messages), *cards.between(session, first, before)]
    return {
        "session": session,
        "flow": sorted(flow, key=lambda each: each["seq"]),
        "first_seq": messages[0].seq if messages else 0,
        "more": len(messages) == PAGE,
        "role": role_for(user, session),
    }


def around(session: Session, seq: int, newer: int = NEWER) -> int | None:
    """The `before` of a page that ends so many messages after that seq; None: the newest page has them."""
    after = Message.objects.filter(session=session, held="", seq__gt=seq).order_by("seq")
    return after.values_list("seq", flat=True)[newer : newer + 1].first()


def found(session: Session, query: str) -> list[Message]:
    """The newest messages that have all words of a search."""
    words = search.words(query)
    messages = Message.objects.shown().filter(session=session).select_related("participant")
    for word in words:
        messages = messages.filter(search.holds(word, "text"))
    return list(messages.order_by("-seq")[:FOUND]) if words else []
