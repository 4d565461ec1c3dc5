"""The polls beside a stream."""

from typing import Any

from django.template.context import RequestContext

from people.permissions import can
from polls.data import current_of, next_data
from polls.listing import nickname, rows
from polls.models import Type
from sessions.models import Session
from sessions.rooms import role_for


def pinned(page: RequestContext, session: Session) -> dict[str, Any]:
    """Nothing: static/polls/pinned.js shows the open card of the panel there."""
    return {}


def context(page: RequestContext, session: Session) -> dict[str, Any]:
    """The open poll and the earlier ones of a session, as this person sees them."""
    request = page["request"]
    listed = page["read"]
    return {
        "session": session,
        "cards": listed,
        "nickname": nickname(session, request.user) if any(card["type"] == Type.QUIZ for card in listed) else "",
        "can_present": can(request.user, "polls.present", session),
        "can_prepare": can(request.user, "polls.prepare", session),
    }


def speaker(page: RequestContext, session: Session) -> dict[str, Any]:
    """The poll of the moment large, and the running order."""
    current, listed = current_of(session), rows(session)
    return {
        "session": session,
        "now": next((row for row in listed if current and row["id"] == current.pk), None),
        "next": next_data(session),
        "rows": listed,
        "role": role_for(page["request"].user, session),
    }
