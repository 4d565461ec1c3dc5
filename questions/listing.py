"""What the pages list: the audience's list, one's own questions, the moderators' columns."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from common.search import holds, words
from people.models import Participant
from questions import queue
from questions.data import OwnQuestion, card_data, own_question_data, question_data
from questions.models import PUBLIC, Question, QuestionSettings, State
from questions.upvotes import by_votes, counts, upvoted_by
from sessions.models import Session

SIZE = 50  # questions of a page
FARTHEST = 999_999  # where a page may start
# column -> states in it
COLUMNS: dict[str, list[State]] = {
    "pending": [State.PENDING],
    "approved": [State.APPROVED],
    "queue": [State.QUEUED],
    "stage": [State.ON_STAGE],
    "done": [State.ANSWERED, State.SKIPPED],
    "aside": [State.DISMISSED, State.MERGED],
}


def questions_page(session: Session, user: Participant | AnonymousUser, sort: str, start: int = 0) -> dict[str, Any]:
    """SIZE published questions from `start`: open ones first, by votes or by newest."""
    questions = Question.objects.filter(session=session, state__in=PUBLIC - {State.ON_STAGE})
    questions = questions.select_related("asker").prefetch_related("answers__author")
    done = Q(state__in=COLUMNS["done"])
    ranked = questions.order_by("-asked_at", "pk") if sort == "newest" else by_votes(questions.exclude(done))
    page = list(ranked[start : start + SIZE + 1])
    if sort != "newest" and len(page) <= SIZE:
        open_ones = questions.exclude(done).count()
        behind = max(0, start - open_ones)
        page += list(questions.filter(done).order_by("-asked_at", "pk")[behind : behind + SIZE + 1 - len(page)])
    listed = page[:SIZE]
    votes = counts(listed)
    return {
        "items": [question_data(question, votes[question.pk]) for question in listed],
        "upvoted": {str(pk) for pk in upvoted_by(user.pk, listed)},
        "sort": "newest" if sort == "newest" else "votes",
        "next_start": start + SIZE if len(page) > SIZE else None,
        "start": start,
    }


def own_questions(session: Session, user: Participant | AnonymousUser) -> list[OwnQuestion]:
    """The participant's own questions in the session, the newest last, with what became of them."""
    questions = Question.objects.filter(session=session, asker=user.pk, origin=Question.Origin.REMOTE)
    return [own_question_data(question) for question in questions.select_related("root").order_by("asked_at")]


def column(
    session: Session, name: str, settings: QuestionSettings, search: dict[str, str], start: int = 0
) -> dict[str, Any]:
    """One column of the moderators' board: SIZE cards from `start`, narrowed by words, label and origin."""
    questions = _narrowed(Question.objects.filter(session=session, state__in=COLUMNS[name]), search)
    questions = questions.select_related("asker", "root", "similar_to", "handled_by")
    questions = questions.prefetch_related("answers__author", "notes__author", "tree")
    if name == "approved":
        ranked = by_votes(questions)
    elif name == "queue":
        ranked = questions.order_by(*queue.ordered(session).query.order_by)
    else:
        ranked = questions.order_by("asked_at" if name == "pending" else "-asked_at", "pk")
    page = list(ranked[start : start + SIZE + 1])
    votes = counts(page[:SIZE])
    return {
        "name": name,
        "items": [card_data(question, votes[question.pk], settings) for question in page[:SIZE]],
        "next_start": start + SIZE if len(page) > SIZE else None,
        "start": start,
    }


def _narrowed(questions: "QuerySet[Question]", search: dict[str, str]) -> "QuerySet[Question]":
    for word in words(search.get("q", "")):
        questions = questions.filter(holds(word, "text", "hall_name") | _named(word))
    if origin := search.get("origin"):
        questions = questions.filter(origin=origin)
    if label := search.get("label"):
        questions = questions.filter(labels__icontains=f",{label},")
    return questions


def _named(word: str) -> Q:
    """By the asker's name, but never so as to find out who asks without one."""
    return Q(anonymous=False, origin=Question.Origin.REMOTE) & holds(word, "asker__name")
