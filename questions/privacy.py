"""What Q&A keeps of a person."""

from typing import Any

from django.db.models import Q

from live.models import Event
from people.models import Participant
from questions.models import Answer, Note, Prompt, Question, State, Upvote
from sessions.privacy import forget_name


def export(participant: Participant) -> dict[str, Any]:
    """Their questions (also those without a name), answers and upvotes."""
    questions = Question.objects.filter(asker=participant).order_by("asked_at")
    return {
        "questions": list(questions.values("session_id", "asked_at", "text", "original", "anonymous", "state")),
        "answers": list(Answer.objects.filter(author=participant).values("question_id", "at", "text")),
        "upvotes": list(Upvote.objects.filter(participant=participant).values_list("question_id", flat=True)),
        "notes": list(Note.objects.filter(author=participant).values("question_id", "text")),
        "prompts": list(Prompt.objects.filter(author=participant).values("session_id", "at", "text")),
    }


def named_in(session_id: int, participant_id: int) -> bool:
    """Whether the session's moderators read the participant's name beside a question."""
    questions = Question.objects.filter(session=session_id, asker=participant_id, anonymous=False)
    return questions.exclude(state=State.WITHDRAWN).exists()


def forget(participant: Participant) -> None:
    """Questions, answers and upvotes stand; the name beside them leaves the log."""
    involved = Q(asker=participant) | Q(answers__author=participant) | Q(notes__author=participant)
    sessions = set(Question.objects.filter(involved).values_list("session_id", flat=True))
    prompts = Prompt.objects.filter(Q(author=participant) | Q(acknowledged_by=participant))
    forget_name(participant, sessions | set(prompts.values_list("session_id", flat=True)) | _handled(participant))


def _handled(participant: Participant) -> set[int]:
    """Ids of the sessions whose log says that they handled a question; the question itself does so for a minute."""
    cards = Event.objects.filter(kind="questions.card", data__handled_by_id=participant.pk)
    return {int(key.partition(":")[2]) for key in cards.values_list("room__key", flat=True).distinct()}
