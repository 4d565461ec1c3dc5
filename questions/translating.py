"""How machines translate questions: those that everybody reads, and those that wait, for the moderators alone."""

import uuid
from collections.abc import Collection

from common.contract import Translatable, Words
from questions.models import PUBLIC, Question, State

NEWEST = 60  # questions that somebody who comes sees in their own language
READ = PUBLIC | {State.PENDING}


def words(ids: Collection[str]) -> dict[str, Words]:
    """The words of questions, and nothing of who asked them."""
    rows = Question.objects.filter(pk__in=[uuid.UUID(each) for each in ids], state__in=READ)
    return {
        str(pk): Words(text, language, state in PUBLIC)
        for pk, text, language, state in rows.values_list("pk", "text", "language", "state")
    }


def newest(session_id: int) -> list[str]:
    """The ids of the newest questions."""
    questions = Question.objects.filter(session=session_id, state__in=READ).order_by("-asked_at", "pk")
    return [str(pk) for pk in questions.values_list("pk", flat=True)[:NEWEST]]


QUESTIONS = Translatable(["questions.question", "questions.gone", "questions.card"], words, newest)
