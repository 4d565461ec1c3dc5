"""What the record says of the Q&A."""

from typing import Any

from people import audit
from people.models import Participant
from questions.models import Question


def record(by: Participant, action: str, question: Question, **details: Any) -> None:
    """Put what was done with a question on record; never who asked one without a name."""
    named = not question.anonymous and question.origin == Question.Origin.REMOTE
    asker = question.asker_id if named else None
    audit.record(by, f"questions.{action}", question.session.room_key, asker, question=str(question.pk), **details)
