"""What templates of the Q&A show, the same on pages and in events: plain data, times as ISO 8601."""

from datetime import timedelta
from typing import Any, TypedDict

from django.db.models import Count

from common.contract import Shown
from people.models import Participant
from questions.models import PUBLIC, Answer, Prompt, Question, QuestionSettings, State
from sessions.models import Session

HANDLED_FOR = timedelta(seconds=60)
ON_SCREEN = 2  # urgency of a question on stage: after an open poll, before the results of one
UPCOMING = 3  # queued questions that a speaker sees


class Author(TypedDict):
    """Who wrote something."""

    participant: int
    name: str


class AnswerData(Author):
    """A written answer; `staff`: its links may be clicked."""

    staff: bool
    text: str
    at: str


class NoteData(Author):
    """A moderator's note."""

    text: str


class QuestionData(TypedDict):
    """What everybody may see; without a name `participant` is None and `name` and `place` are empty."""

    id: str
    session: int
    participant: int | None
    name: str
    place: str
    anonymous: bool
    hall: bool
    language: str
    text: str
    state: str
    how: str
    votes: int
    asked_at: str
    answers: list[AnswerData]


class OwnQuestion(TypedDict):
    """What the asker sees."""

    id: str
    session: int
    text: str
    anonymous: bool
    language: str
    state: str
    how: str
    reason: str
    merged_text: str
    merged_state: str


class CardData(QuestionData):
    """What the moderators' board shows."""

    version: int
    position: Any
    reason: str
    original: str
    labels: list[str]
    notes: list[NoteData]
    similar: dict[str, str] | None
    merged_text: str
    gathered: int
    handled_by: str
    handled_by_id: int | None
    handled_until: str


class StageData(TypedDict):
    """What is on stage."""

    session: int
    question: QuestionData | None


class QueueData(TypedDict):
    """The queue: every id in order, and the first ones as the speaker sees them."""

    session: int
    ids: list[str]
    next: list[QuestionData]


def question_data(question: Question, votes: int) -> QuestionData:
    """What everybody may see of a question; never who asks without a name."""
    name, place = question.asker.name, question.asker.place
    if question.origin == Question.Origin.HALL:
        name, place = question.hall_name, question.hall_place
    hidden, hall = question.anonymous, question.origin == Question.Origin.HALL
    return {
        "id": str(question.pk),
        "session": question.session_id,
        "participant": None if hidden or hall else question.asker_id,
        "name": "" if hidden else name,
        "place": "" if hidden else place,
        "anonymous": hidden,
        "hall": hall,
        "language": question.language,
        "text": question.text,
        "state": question.state,
        "how": question.answered_how,
        "votes": votes,
        "asked_at": question.asked_at.isoformat(),
        "answers": [_answer(answer) for answer in question.answers.all()],
    }


def own_question_data(question: Question) -> OwnQuestion:
    """What the asker sees of it: also why it was dismissed, and what became of the one it was merged into."""
    merged = question.merged_into_id is not None
    published = merged and question.root.state in PUBLIC  # others' words are theirs until then
    return {
        "id": str(question.pk),
        "session": question.session_id,
        "text": question.text,
        "anonymous": question.anonymous,
        "language": question.language,
        "state": question.state,
        "how": question.root.answered_how if merged else question.answered_how,
        "reason": question.reason,
        "merged_text": question.root.text if published else "",
        "merged_state": question.root.state if merged else "",
    }


def card_data(question: Question, votes: int, settings: QuestionSettings) -> CardData:
    """What the moderators' board shows; the name of who asks without one only as the organiser chose."""
    data = question_data(question, votes)
    if question.anonymous and question.names_asker(settings):
        data = {**data, **_by(question.asker), "place": question.asker.place}
    alike = question.similar_to if question.state in (State.PENDING, State.APPROVED) else None
    if alike is not None and (alike.state not in PUBLIC | {State.PENDING} or alike.root_id == question.root_id):
        alike = None
    return {
        **data,
        "text": "" if question.state == State.WITHDRAWN else question.text,  # nobody else has taken it up
        "version": question.version,
        "position": question.position,
        "reason": question.reason,
        "original": question.original,
        "labels": question.label_list,
        "notes": [{**_by(note.author), "text": note.text} for note in question.notes.all()],
        "similar": {"id": str(alike.pk), "text": alike.text} if alike else None,
        "merged_text": question.root.text if question.merged_into_id else "",
        "gathered": sum(1 for merged in question.tree.all() if merged.pk != question.pk),
        "handled_by": question.handled_by.name if question.handled_by else "",
        "handled_by_id": question.handled_by_id,
        "handled_until": (question.handled_at + HANDLED_FOR).isoformat() if question.handled_at else "",
    }


def stage_data(session: Session) -> StageData:
    """What is on stage: {"session": id, "question": public data or None}."""
    current = Question.objects.filter(session=session, state=State.ON_STAGE).select_related("asker").first()
    return {"session": session.pk, "question": question_data(current, votes_of(current)) if current else None}


def on_screen(session: Session) -> Shown | None:
    """The question on stage, for the stage screen."""
    data = stage_data(session)
    return Shown(data, ON_SCREEN) if data["question"] else None


def queue_data(session: Session) -> QueueData:
    """The queue: every id in order, and what the speaker sees of the first ones."""
    waiting = Question.objects.filter(session=session, state=State.QUEUED).order_by("position", "asked_at", "pk")
    first = waiting.select_related("asker").prefetch_related("answers__author")[:UPCOMING]
    return {
        "session": session.pk,
        "ids": [str(pk) for pk in waiting.values_list("pk", flat=True)],
        "next": [question_data(question, votes_of(question)) for question in first],
    }


def prompt_data(session: Session) -> dict[str, Any]:
    """The newest private line to the speakers, acknowledged or not."""
    prompt = Prompt.objects.filter(session=session).select_related("author", "acknowledged_by").last()
    line = prompt and _by(prompt.author) | {
        "id": prompt.pk,
        "text": prompt.text,
        "answer": prompt.answer,
        "acknowledged": prompt.acknowledged_at is not None,
        "acknowledged_by": prompt.acknowledged_by.name if prompt.acknowledged_by else "",
        "acknowledged_by_id": prompt.acknowledged_by_id,
    }
    return {"session": session.pk, "prompt": line}


def _answer(answer: Answer) -> AnswerData:
    return {**_by(answer.author), "staff": answer.by_staff, "text": answer.text, "at": answer.at.isoformat()}


def _by(author: Participant) -> Author:
    return {"participant": author.pk, "name": author.name}


def votes_of(question: Question) -> int:
    """The participants who upvoted the question or what was merged into it."""
    counted = Question.objects.filter(pk=question.pk).aggregate(
        total=Count("tree__upvotes__participant", distinct=True)
    )
    return int(counted["total"])


def by_state(session: Session) -> dict[str, int]:
    """State -> number of questions."""
    rows = Question.objects.filter(session=session).values_list("state").annotate(total=Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(rows)
