"""The queue for the stage: its order, hall and remote in turn, and moving by hand."""

import uuid

from django.db import transaction
from django.db.models import QuerySet

from people import audit
from people.models import Participant
from questions import events
from questions.models import Question, QuestionSettings, State
from sessions.models import Session


def ordered(session: Session | int) -> "QuerySet[Question]":
    """The queued questions, the next one first."""
    return in_order(Question.objects.filter(session=session, state=State.QUEUED))


def in_order(questions: "QuerySet[Question]") -> "QuerySet[Question]":
    """The questions in the order of the queue."""
    return questions.order_by("position", "asked_at", "pk")


def place_for(question: Question) -> int:
    """Make room in the queue for a question and return its position: the end, or in turn with the other origin."""
    waiting = list(ordered(question.session).exclude(pk=question.pk))
    place = len(waiting)
    if QuestionSettings.of(question.session).alternate:
        on_stage = Question.objects.filter(session=question.session_id, state=State.ON_STAGE).first()
        before = [on_stage.origin] if on_stage else []
        place = turn(question.origin, before, [queued.origin for queued in waiting])
    _number([*waiting[:place], None, *waiting[place:]])
    return place


def front_of(session: Session) -> int:
    """Make room at the front of the queue and return the position there."""
    _number([None, *ordered(session)])
    return 0


def turn(origin: str, before: list[str], waiting: list[str]) -> int:
    """Where in the queue a question of that origin goes, so that hall and remote take turns: 0 is the front."""
    line = before + waiting
    for at in range(max(len(before) - 1, 0), len(line)):
        follows = line[at + 1] if at + 1 < len(line) else None
        if line[at] != origin and follows != origin:
            return at + 1 - len(before)
    return len(waiting)


def _number(line: list[Question | None]) -> None:
    moved = [question for place, question in enumerate(line) if question is not None and question.position != place]
    for place, question in enumerate(line):
        if question is not None:
            question.position = place
    Question.objects.bulk_update(moved, ["position"])


def move(session: Session, question_id: uuid.UUID, place: int, by: Participant) -> bool:
    """Put a queued question at a place of the queue (0 is the front); False when it is no longer queued."""
    with transaction.atomic():
        QuestionSettings.locked(session)
        waiting = list(ordered(session))
        moved = next((queued for queued in waiting if queued.pk == question_id), None)
        if moved is None:
            return False
        waiting.remove(moved)
        waiting.insert(max(0, min(place, len(waiting))), moved)
        _number([*waiting])
        audit.record(by, "questions.move", session.room_key, question=str(question_id), place=place)
        events.queue(session)
    return True
