"""What the moderators' board lists: portions of what waits for a decision or is done, the queue and the stage whole."""

import uuid
from collections.abc import Iterable, Mapping
from typing import TypedDict

from django.db.models import Prefetch, Q, QuerySet

from common.search import holds, words
from questions import queue
from questions.data import CardData, card_data
from questions.listing import COLUMNS
from questions.models import Answer, Note, Question, QuestionSettings
from questions.upvotes import by_votes, counts
from sessions.models import Session

DOCK = ("stage", "queue")  # always whole, whatever is searched
LISTS = tuple(name for name in COLUMNS if name not in DOCK)
AT_ONCE = ("pending", "approved")  # come with the page, the other lists when they are opened
# The columns that a card shows; what is left out would be asked for one question after the other.
SHOWN = (
    *("session", "asker", "anonymous", "named_to_moderators", "origin", "hall_name", "hall_place", "language", "text"),
    *("original", "state", "answered_how", "reason", "position", "merged_into", "root", "labels", "handled_at"),
    *("version", "asked_at", "similar_to", "handled_by", "handled_by__name"),
    *("asker__name", "asker__city", "asker__country", "asker__is_guest", "asker__visibility"),
    *("similar_to__text", "similar_to__state", "similar_to__root"),
)
SIZE = {"pending": 50, "approved": 25, "done": 50, "aside": 50}  # cards of a portion


class Column(TypedDict):
    """Some cards of a column; `more`: behind them there are others; not `loaded`: it comes when it is opened."""

    name: str
    items: list[CardData]
    more: bool
    loaded: bool


class Board(TypedDict):
    """What the board shows: the question on stage, the whole queue, and every list."""

    stage: Column
    queue: Column
    lists: list[Column]


def board(session: Session, settings: QuestionSettings, search: Mapping[str, str], names: Iterable[str]) -> Board:
    """Stage and queue whole, and the first portion of the lists with `names`, narrowed and ordered by the search."""
    whole = {name: _ranked(session, name, {}) for name in DOCK}
    found = _columns(whole | {name: _portion(session, name, search, 0) for name in names}, settings)
    return {"stage": found["stage"], "queue": found["queue"], "lists": _every(found)}


def lists(
    session: Session, settings: QuestionSettings, search: Mapping[str, str], names: Iterable[str]
) -> list[Column]:
    """Every list; those with `names` have their first portion."""
    return _every(_columns({name: _portion(session, name, search, 0) for name in names}, settings))


def _every(found: Mapping[str, Column]) -> list[Column]:
    return [found.get(name, {"name": name, "items": [], "more": True, "loaded": False}) for name in LISTS]


def portion(
    session: Session, settings: QuestionSettings, search: Mapping[str, str], name: str, start: int = 0
) -> Column:
    """The cards of a list from `start`."""
    return _columns({name: _portion(session, name, search, start)}, settings)[name]


def _columns(keys: Mapping[str, Iterable[uuid.UUID]], settings: QuestionSettings) -> dict[str, Column]:
    chosen = {name: list(column) for name, column in keys.items()}
    shown = {name: column[: SIZE.get(name)] for name, column in chosen.items()}
    cards = _cards([key for column in shown.values() for key in column], settings)
    return {
        name: {
            "name": name,
            "items": [cards[key] for key in column if key in cards],
            "more": len(chosen[name]) > len(column),
            "loaded": True,
        }
        for name, column in shown.items()
    }


def _cards(keys: list[uuid.UUID], settings: QuestionSettings) -> dict[uuid.UUID, CardData]:
    """The cards of all these questions, by a fixed number of queries, of the columns that cards show."""
    questions = Question.objects.filter(pk__in=keys).select_related("asker", "similar_to", "handled_by").only(*SHOWN)
    notes = Prefetch("notes", Note.objects.select_related("author"))
    answers = Prefetch("answers", Answer.objects.none())  # a card shows none
    found = list(questions.prefetch_related(notes, answers, Prefetch("tree", Question.objects.only("pk", "root_id"))))
    _know_roots(found)
    votes = counts(keys)
    return {question.pk: card_data(question, votes[question.pk], settings) for question in found}


def _know_roots(questions: list[Question]) -> None:
    """Most questions are their own root; those of the merged ones are fetched together."""
    merged = {question.root_id for question in questions if question.merged_into_id}
    roots = Question.objects.only("pk", "text").in_bulk(merged) if merged else {}
    for question in questions:
        question.root = roots.get(question.root_id, question)


def _portion(session: Session, name: str, search: Mapping[str, str], start: int) -> "QuerySet[Question, uuid.UUID]":
    return _ranked(session, name, search)[start : start + SIZE[name] + 1]


def _ranked(session: Session, name: str, search: Mapping[str, str]) -> "QuerySet[Question, uuid.UUID]":
    """The ids of a column in its order: what waits by votes or by time, what is done by time."""
    if name == "queue":
        return queue.ordered(session).values_list("pk", flat=True)
    questions = _narrowed(Question.objects.filter(session=session, state__in=COLUMNS[name]), search)
    sort = search.get("sort") or "votes"
    if name in AT_ONCE and sort == "votes":
        return by_votes(questions).values_list("pk", flat=True)
    return questions.order_by("asked_at" if sort == "oldest" else "-asked_at", "pk").values_list("pk", flat=True)


def _narrowed(questions: "QuerySet[Question]", search: Mapping[str, str]) -> "QuerySet[Question]":
    for word in words(search.get("q", "")):
        questions = questions.filter(holds(word, "text", "hall_name") | _named(word))
    if origin := search.get("origin"):
        questions = questions.filter(origin=origin)
    if language := search.get("language"):
        questions = questions.filter(language=language)
    if label := search.get("label"):
        questions = questions.filter(labels__icontains=f",{label},")
    return questions


def _named(word: str) -> Q:
    """By the asker's name, but never so as to find out who asks without one."""
    return Q(anonymous=False, origin=Question.Origin.REMOTE) & holds(word, "asker__name")
