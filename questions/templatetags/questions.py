"""The Q&A panel for a session's page, and words for its states."""

import uuid
from typing import Any

from django import template
from django.template.context import RequestContext

from people.permissions import can
from questions import events, state
from questions.listing import COLUMNS, own_questions, questions_page
from questions.models import MAX_LENGTH, Board, State
from sessions.models import Session
from sessions.rooms import role_for

register = template.Library()
LABELS = dict(State.choices)
TOOLS = ("dismiss", "merge", "write")  # they ask for something first
COLUMN = {str(each): name for name, states in COLUMNS.items() for each in states}


@register.inclusion_tag("questions/_panel.html", takes_context=True)
def questions_panel(context: RequestContext, session: Session) -> dict[str, Any]:
    """The list, one's own questions and the form of a session's Q&A."""
    request = context["request"]
    board = Board.of(session)
    return {
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
        "session": session,
        "stage": events.stage(session),
        "mine": own_questions(session, request.user),
        "role": role_for(request.user, session),
        "can_ask": can(request.user, "questions.ask", session),
        "can_moderate": can(request.user, "questions.moderate", session),
        "can_speak": can(request.user, "questions.speak", session),
        "board": board,
        "is_open": board.is_open(session.status),
        "client_id": uuid.uuid4(),
        "max_length": MAX_LENGTH,
        **questions_page(session, request.user, ""),
    }


@register.filter
def state_label(value: str) -> str:
    """The translated name of a question's state."""
    return str(LABELS.get(value, value))


@register.filter
def column_of(value: str) -> str:
    """The board's column for a state; "" when it is in none."""
    return COLUMN.get(value, "")


@register.filter
def quick_steps(value: str) -> list[tuple[str, str]]:
    """The steps that a card offers at once (dismissing asks for a reason first, merging for a question)."""
    return [(each, str(state.LABELS[each])) for each in state.allowed(value) if each not in TOOLS]


@register.filter
def undoable(value: str) -> bool:
    """Whether the board offers to take back the last step."""
    return value != State.PENDING
