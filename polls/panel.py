"""The polls beside a stream."""

from typing import Any

from django.template.context import RequestContext

from people.permissions import can
from polls.listing import cards, nickname
from sessions.models import Session


def pinned(page: RequestContext, session: Session) -> dict[str, Any]:
    """Nothing: static/polls/pinned.js shows the open card of the panel there."""
    return {}


def context(page: RequestContext, session: Session) -> dict[str, Any]:
    """The open poll and the earlier ones of a session, as this person sees them."""
    request = page["request"]
    return {
        "session": session,
        "cards": cards(session, request.user),
        "nickname": nickname(session, request.user),
        "can_present": can(request.user, "polls.present", session),
        "can_prepare": can(request.user, "polls.prepare", session),
    }
