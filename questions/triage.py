"""What the moderators' board lists: portions of what waits for a decision or is done, the queue and the stage whole."""

import uuid
from collections.abc import Iterable, Mapping
from typing import TypedDict

from django.db.models import Q, QuerySet

from common.prepared import Prepared
from common.search import holds, words
from questions import queue
from questions.cards import CardData, cards
from questions.listing import COLUMNS
from questions.models import Question, QuestionSettings
from questions.upvotes import by_votes
from sessions.models import Session

DOCK = ("stage", "queue")  # always whole, whatever is searched
LISTS = tuple(name for name in COLUMNS if name not in DOCK)
AT_ONCE = ("pending", "approved")  # come with the page, the other lists when they are opened
SIZE = {"pending": 50, "approved": 25, "done": 50, "aside": 50}  # cards of a portion


_DOCKED: Prepared[tuple[uuid.UUID, str]] = Prepared(
    lambda session: queue.in_order(
        Question.objects.filter(session=session, state__in=[state for name in DOCK for state in COLUMNS[name]])
    ).values_list("pk", "state")
)


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
    docked = _DOCKED.ask(session.pk)
    whole = {name: [key for key, state in docked if state in COLUMNS[name]] for name in DOCK}
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
    found = cards([key for column in shown.values() for key in column], {settings.session_id: settings})
    return {
        name: {
            "name": name,
            "items": [card for key in column if (card := found.get(key))],
            "more": len(chosen[name]) > len(column),
            "loaded": True,
        }
        for name, column in shown.items()
    }


def _portion(session: Session, name: str, search: Mapping[str, str], start: int) -> Iterable[uuid.UUID]:
    if start == 0 and not any(search.values()):
        return _FIRST[name].ask(session.pk)
    return _ranked(session.pk, name, search)[start : start + SIZE[name] + 1]


def _ranked(session: int, name: str, search: Mapping[str, str]) -> "QuerySet[Question, uuid.UUID]":
    """The ids of a list in its order: what waits by votes or by time, what is done by time."""
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


def _first(name: str) -> Prepared[uuid.UUID]:
    return Prepared(lambda session: _ranked(session, name, {})[: SIZE[name] + 1])


_FIRST = {name: _first(name) for name in LISTS}


def _named(word: str) -> Q:
    """By the asker's name, but never so as to find out who asks without one."""
    return Q(anonymous=False, origin=Question.Origin.REMOTE) & holds(word, "asker__name")
