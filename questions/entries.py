"""What the Q&A's entries of the log show: looked up when they are sent, so nothing comes back that was taken out."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.contract import Moment
from questions.cards import cards
from questions.data import (
    OwnQuestion,
    QuestionData,
    by_state,
    for_display,
    own_question_data,
    prompt_data,
    question_data,
    queue_data,
    stage_data,
    translated,
)
from questions.models import PUBLIC, Question, QuestionSettings, State
from questions.upvotes import counts
from sessions.models import Session

Entries = Sequence[Mapping[str, Any]]


def _questions(entries: Entries) -> dict[str, Question]:
    """The questions that the entries are about, by their id as text."""
    questions = for_display(Question.objects.select_related("root", "similar_to", "handled_by"))
    rows = questions.in_bulk({uuid.UUID(entry["id"]) for entry in entries})
    return {str(pk): question for pk, question in rows.items()}


def published(entries: Entries) -> list[QuestionData | None]:
    """What everybody may see of questions; None of those that are not public any more."""
    questions = {key: question for key, question in _questions(entries).items() if question.state in PUBLIC}
    votes = counts(questions.values())
    shown = translated(question_data(question, votes[question.pk]) for question in questions.values())
    data = {question["id"]: question for question in shown}
    return [data.get(entry["id"]) for entry in entries]


def own(entries: Entries) -> list[OwnQuestion | None]:
    """What askers see of their own."""
    shown = {key: own_question_data(question) for key, question in _questions(entries).items()}
    return [shown.get(entry["id"]) for entry in entries]


def on_board(entries: Entries) -> list[Any]:
    """The moderators' cards, with the counts of their columns."""
    columns = {pk: by_state(session) for pk, session in _sessions(entries).items()}
    found = cards({uuid.UUID(entry["id"]) for entry in entries}, QuestionSettings.of_all(columns))
    shown = {card["id"]: {**card, "counts": columns[card["session"]]} for card in found.values()}
    return [shown.get(entry["id"]) for entry in entries]


def _sessions(entries: Entries) -> dict[int, Session]:
    return Session.objects.in_bulk({entry["session"] for entry in entries})


def of_session(data: Callable[[Session], Mapping[str, Any]]) -> Callable[[Entries], list[Mapping[str, Any] | None]]:
    """A source for entries that are about a whole session."""

    def source(entries: Entries) -> list[Mapping[str, Any] | None]:
        shown = {pk: data(session) for pk, session in _sessions(entries).items()}
        return [shown.get(entry["session"]) for entry in entries]

    return source


ON_CARDS: dict[str, Any] = {
    State.ON_STAGE: _("On stage now"),
    State.ANSWERED: _("Answered"),
    State.SKIPPED: _("Skipped"),
}


def moments(things: Collection[str]) -> dict[str, Moment]:
    """Question id -> the card in the chat, of those that are or were on stage."""
    questions = Question.objects.filter(pk__in=[uuid.UUID(thing) for thing in things], state__in=ON_CARDS)
    icon, panel, action = "message-circle-question-mark", "questions-panel", _("To the questions")
    return {
        str(question.pk): Moment(ON_CARDS[question.state], question.text, icon, panel, action) for question in questions
    }


SOURCES: dict[str, Any] = {
    "questions.question": published,
    "questions.gone": None,
    "questions.stage": of_session(stage_data),
    "questions.intake": None,
    "questions.mine": own,
    "questions.card": on_board,
    "questions.queue": of_session(queue_data),
    "questions.prompt": of_session(prompt_data),
}
