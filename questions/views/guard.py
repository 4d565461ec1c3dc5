"""How the Q&A's views ask for permission."""

import uuid

from django.shortcuts import get_object_or_404

from questions.models import Prompt, Question
from sessions.guard import Guard


def question_of(pk: uuid.UUID) -> Question:
    """The question with its session, or 404."""
    return get_object_or_404(Question.objects.select_related("session__edition", "asker", "root"), pk=pk)


def prompt_of(pk: int) -> Prompt:
    """The line to the speakers with its session, or 404."""
    return get_object_or_404(Prompt.objects.select_related("session__edition"), pk=pk)


guard = Guard("questions.view", question_of)
