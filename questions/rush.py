"""The rush: upvotes that arrive over the sockets of a process, in batches."""

import uuid
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from live.upstream import Reply, Said
from people.permissions import can, participants
from people.refusal import Refused
from people.upstream import reply, within_limit
from questions.models import Question
from questions.upvotes import Wish, set_upvotes


def received(said: list[Said]) -> list[Reply]:
    """Carry out the upvotes {"question": uuid, "on": bool}; each has its own outcome (see Reply)."""
    people = participants({one.participant_id for one in said})
    asked = [_question_id(one.data) for one in said]
    questions = Question.objects.select_related("session__edition", "session__stage").in_bulk(set(asked) - {None})
    wishes: list[Wish | Reply] = []
    for one, pk in zip(said, asked, strict=True):
        with translation.override(one.language):
            wishes.append(_wish(one, people.get(one.participant_id), questions.get(pk)))
    wishes = within_limit("questions.upvote", said, wishes)
    errors = iter(set_upvotes([wish for wish in wishes if isinstance(wish, Wish)]))
    return [wish if isinstance(wish, Reply) else reply(next(errors)) for wish in wishes]


def _question_id(data: Any) -> uuid.UUID | None:
    """The question's id in what was said."""
    found = data.get("question") if isinstance(data, dict) else None
    try:
        return uuid.UUID(found) if isinstance(found, str) else None
    except ValueError:
        return None


def _wish(one: Said, participant: Any, question: Question | None) -> Wish | Reply:
    try:
        if question is None or participant is None or not can(participant, "questions.view", question.session):
            raise Refused(_("There is no such question any more."), 404)
        if not can(participant, "questions.upvote", question.session):
            raise Refused(_("Only participants of this edition upvote."), 403)
        if not isinstance(one.data.get("on"), bool):
            raise Refused(_("Reload the page and try again."), 422)
    except Refused as no:
        return reply(no)
    return Wish(question.pk, participant.pk, one.data["on"])
