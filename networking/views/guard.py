"""How the views ask for permission. A conversation exists for its two people alone, a line for who wrote it."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from networking.models import Conversation, Line, Report
from networking.rooms import is_in
from networking.state import RELATED
from sessions.guard import Guard


def conversation_of(pk: uuid.UUID) -> Conversation:
    """The conversation with its people, or 404."""
    return get_object_or_404(Conversation.objects.select_related(*RELATED), pk=pk)


def line_of(pk: uuid.UUID) -> Line:
    """The line that stands, or 404."""
    return get_object_or_404(Line.objects.select_related("conversation__edition"), pk=pk, removed_at=None)


def report_of(pk: int) -> Report:
    """The report, or 404."""
    return get_object_or_404(Report.objects.select_related("edition"), pk=pk)


def _is_theirs(user: Any, line: Any) -> bool:
    return bool(user.is_authenticated and line.author_id == user.pk)


guard = Guard("edition.view")
office = Guard()  # for others its pages do not exist
writing = Guard("edition.view", conversation_of, is_in)
own_line = Guard("edition.view", line_of, _is_theirs)
reports = Guard("", report_of)
