"""The Q&A beside a stream."""

import uuid
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.template.context import RequestContext

from people.models import Participant
from people.permissions import can
from questions import back
from questions.data import prompt_data, queue_data, stage_data
from questions.listing import first_page, own_questions
from questions.models import MAX_LENGTH, QuestionSettings
from sessions.models import Session
from sessions.rooms import role_for


def pinned(page: RequestContext, session: Session) -> dict[str, Any]:
    """What is on stage, for the card above the panels."""
    return {"data": page["read"]["stage"]}


def read(session: Session, user: Participant | AnonymousUser) -> dict[str, Any]:
    """The list and what is on stage, read once for the card and the panel of one page."""
    kept = vars(session)
    if "questions_read" not in kept:
        kept["questions_read"] = first_page(session, user)
    return cast(dict[str, Any], kept["questions_read"])


def context(page: RequestContext, session: Session) -> dict[str, Any]:
    """The list, one's own questions and the form of a session's Q&A."""
    request = page["request"]
    settings = getattr(session, "question_settings", None) or QuestionSettings.of(session)  # read with the session
    return {
        "session": session,
        "own_questions": own_questions(session, request.user),
        "role": role_for(request.user, session),
        "can_ask": can(request.user, "questions.ask", session),
        "can_moderate": can(request.user, "questions.moderate", session),
        "can_speak": can(request.user, "questions.speak", session),
        "settings": settings,
        "is_open": settings.is_open(session.status),
        "client_id": uuid.uuid4(),
        "form": {
            "pk": session.pk,
            "languages": session.languages,
            "anonymous": settings.anonymous_allowed,
            "names": settings.names_for_moderators,
            "is_open": settings.is_open(session.status),
            "max_length": MAX_LENGTH,
        },
        **page["read"],
    }


def speaker(page: RequestContext, session: Session) -> dict[str, Any]:
    """The private line, the question on stage and the next ones, for who speaks."""
    return {
        "session": session,
        "stage": stage_data(session),
        "queue": queue_data(session),
        "prompt": prompt_data(session)["prompt"],
        "can_go_back": bool(back.last_press(session, page["request"].user)),
        "role": role_for(page["request"].user, session),
    }
