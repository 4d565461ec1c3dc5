"""What Q&A keeps of a person."""

from typing import Any

from django.db.models import Q, QuerySet

from live.log import hide
from people.models import Participant
from questions.models import Answer, Mute, Note, Prompt, Question, State, Upvote


def export(participant: Participant) -> dict[str, Any]:
    """Their questions (also those without a name), answers and upvotes."""
    questions = Question.objects.filter(asker=participant).order_by("asked_at")
    return {
        "questions": list(questions.values("session_id", "asked_at", "text", "original", "anonymous", "state")),
        "answers": list(Answer.objects.filter(author=participant).values("question_id", "at", "text")),
        "muted_in": sorted(
            Mute.objects.filter(question__asker=participant).values_list("question__session", flat=True)
        ),
        "upvotes": list(Upvote.objects.filter(participant=participant).values_list("question_id", flat=True)),
        "notes": list(Note.objects.filter(author=participant).values("question_id", "text")),
        "prompts": list(Prompt.objects.filter(author=participant).values("session_id", "at", "text")),
        "prompt_answers": list(_answered(participant).values("session_id", "acknowledged_at", "answer")),
    }


def _answered(participant: Participant) -> QuerySet[Prompt]:
    return Prompt.objects.filter(acknowledged_by=participant).exclude(answer="")


def named_in(session_id: int, participant_id: int) -> bool:
    """Whether the session's moderators read the participant's name beside a question."""
    questions = Question.objects.filter(session=session_id, asker=participant_id, anonymous=False)
    return questions.exclude(state=State.WITHDRAWN).exists()


def forget(participant: Participant) -> None:
    """Questions, answers and upvotes stand; what was rendered with the name beside them is forgotten."""
    involved = Q(asker=participant) | Q(answers__author=participant) | Q(notes__author=participant)
    sessions = set(Question.objects.filter(involved).values_list("session_id", flat=True))
    prompts = Prompt.objects.filter(Q(author=participant) | Q(acknowledged_by=participant))
    handled = Question.objects.filter(handled_by=participant).values_list("session_id", flat=True)
    for session_id in sessions | set(prompts.values_list("session_id", flat=True)) | set(handled):
        hide(f"session:{session_id}")
