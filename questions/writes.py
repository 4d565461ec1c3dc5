"""Upvotes as they are cast: their rules and their storing, by socket and HTTP."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.prepared import Prepared
from people.models import Participant
from people.refusal import Refused
from questions.models import Question
from questions.upvotes import Wish, set_upvotes
from sessions.writes import SmallWrite, of_session, uuid_under

_QUESTIONS = Prepared(
    lambda ids: Question.objects.select_related("session__edition", "session__stage").filter(pk__in=ids)
)


def _questions(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Question]:
    return {question.pk: question for question in _QUESTIONS.ask(ids)}


def _wish(voter: Participant, question: Question, data: Mapping[str, Any]) -> Wish:
    if not isinstance(data.get("on"), bool):
        raise Refused(_("Reload the page and try again."), 422)
    return Wish(question.pk, voter.pk, data["on"])


# {"question": uuid, "on": bool}
UPVOTE = SmallWrite(
    action="questions.upvote",
    view="questions.view",
    gone=_("There is no such question any more."),
    key=uuid_under("question"),
    find=_questions,
    rules=_wish,
    store=set_upvotes,
    own=of_session,
)
