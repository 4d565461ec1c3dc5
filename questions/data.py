"""What templates of the Q&A show, the same on pages and in events: plain data, times as ISO 8601."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, TypeVar

from django.db.models import Count, Prefetch, QuerySet

from common.contract import Shown
from common.prepared import Prepared
from common.registry import Translations, registry
from people.models import Participant
from questions import queue
from questions.models import PUBLIC, Answer, Prompt, Question, State
from questions.upvotes import counts
from sessions.models import Session

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


class AskedData(TypedDict):
    """A question alone; without a name `participant` is None and `name` and `place` are empty."""

    id: str
    session: int
    participant: int | None
    name: str
    place: str
    mark: str  # the verified organisation that they speak for
    anonymous: bool
    hall: bool
    language: str
    text: str
    translations: Mapping[str, str] | None  # language -> by a machine; None: no machine translates
    state: str
    how: str
    votes: int


Asked = TypeVar("Asked", bound=AskedData)


class QuestionData(AskedData):
    """What everybody may see of a question."""

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


class StageData(TypedDict):
    """What is on stage."""

    session: int
    question: QuestionData | None


class QueueData(TypedDict):
    """The queue: every id in order, and the first ones as the speaker sees them."""

    session: int
    ids: list[str]
    next: list[QuestionData]


def for_display(questions: "QuerySet[Question]") -> "QuerySet[Question]":
    """The questions with all that `question_data` reads. Two queries, however many."""
    answers = Prefetch("answers", Answer.objects.select_related("author"))
    return questions.select_related("asker").prefetch_related(answers)


def question_data(question: Question, votes: int, answers: list[AnswerData] | None = None) -> QuestionData:
    """What everybody may see of a question; never who asks without a name. `answers`: its own, when they are known."""
    if answers is None:
        answers = [_answer(answer) for answer in question.answers.all()]
    return {**asked_data(question, votes), "asked_at": question.asked_at.isoformat(), "answers": answers}


def translated(asked: Iterable[Asked]) -> list[Asked]:
    """Questions with what machines have made of their words. One query, however many."""
    questions = list(asked)

    def put(found: Translations) -> None:
        for question in questions:
            question["translations"] = found[question["text"]]

    registry.translate({question["text"] for question in questions}, put)
    return questions


def asked_data(question: Question, votes: int, mark: str | None = None) -> AskedData:
    """A question without its answers; `mark`: that of who asked, when it is known already."""
    if mark is None:
        mark = registry.mark(question.asker_id)
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
        "mark": "" if hidden or hall else mark,
        "anonymous": hidden,
        "hall": hall,
        "language": question.language,
        "text": question.text,
        "translations": None,
        "state": question.state,
        "how": question.answered_how,
        "votes": votes,
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


def stage_data(session: Session) -> StageData:
    """What is on stage: {"session": id, "question": public data or None}."""
    current = _ON_STAGE.first(session.pk)
    question = question_data(current, counts([current])[current.pk]) if current else None
    return {"session": session.pk, "question": question}


_ON_STAGE: Prepared[Question] = Prepared(
    lambda session: for_display(Question.objects.filter(session=session, state=State.ON_STAGE)).order_by("pk")[:1]
)


def on_screen(session: Session) -> Shown | None:
    """The question on stage, for the stage screen."""
    data = stage_data(session)
    return Shown(data, ON_SCREEN) if data["question"] else None


def queue_data(session: Session) -> QueueData:
    """The queue: every id in order, and what the speaker sees of the first ones."""
    first = _NEXT.ask(session.pk)
    votes = counts(first)
    return {
        "session": session.pk,
        "ids": [str(pk) for pk in _QUEUE.ask(session.pk)],
        "next": [question_data(question, votes[question.pk]) for question in first],
    }


_NEXT: Prepared[Question] = Prepared(lambda session: for_display(queue.ordered(session))[:UPCOMING])
_QUEUE: Prepared[Any] = Prepared(lambda session: queue.ordered(session).values_list("pk", flat=True))


def prompt_data(session: Session) -> dict[str, Any]:
    """The newest private line to the speakers, acknowledged or not."""
    prompt = _PROMPT.first(session.pk)
    line = prompt and by(prompt.author) | {
        "id": prompt.pk,
        "text": prompt.text,
        "answer": prompt.answer,
        "acknowledged": prompt.acknowledged_at is not None,
        "acknowledged_by": prompt.acknowledged_by.name if prompt.acknowledged_by else "",
        "acknowledged_by_id": prompt.acknowledged_by_id,
    }
    return {"session": session.pk, "prompt": line}


_PROMPT: Prepared[Prompt] = Prepared(
    lambda session: (
        Prompt.objects.filter(session=session).select_related("author", "acknowledged_by").order_by("-pk")[:1]
    )
)


def _answer(answer: Answer) -> AnswerData:
    return {**by(answer.author), "staff": answer.by_staff, "text": answer.text, "at": answer.at.isoformat()}


def by(author: Participant) -> Author:
    return {"participant": author.pk, "name": author.name}


def by_state(session: Session) -> dict[str, int]:
    """State -> number of questions."""
    return dict.fromkeys(State.values, 0) | dict(_BY_STATE.ask(session.pk))


_BY_STATE: Prepared[tuple[str, int]] = Prepared(
    lambda session: Question.objects.filter(session=session).values_list("state").annotate(total=Count("pk"))
)
