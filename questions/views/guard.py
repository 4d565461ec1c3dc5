"""Who may do what in the Q&A, said to those who may not."""

import uuid

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from questions.models import Question
from sessions.guard import Guard

TAKE_PART = _("Only participants of this edition ask and upvote. Enter first; your words are kept.")
WHO = {
    "questions.ask": TAKE_PART,
    "questions.own": _("Only who asked a question changes it."),
    "questions.answer": _("Only speakers and moderators of this session answer in writing."),
    "questions.speak": _("Only speakers and moderators of this session use the speaker's view."),
    "questions.moderate": _("Only moderators and organisers of this session curate its questions."),
    "questions.configure": _("Only organisers change this."),
}


def question_of(pk: uuid.UUID) -> Question:
    """The question with its session, or 404."""
    return get_object_or_404(Question.objects.select_related("session__edition", "asker", "root"), pk=pk)


guard = Guard("questions.view", WHO, question_of)
writes = guard.writes
