"""What the pages list: the audience's list and one's own questions. The moderators' board: questions/triage.py."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from people.models import Participant
from questions.data import OwnQuestion, own_question_data, question_data, translated
from questions.models import PUBLIC, Question, State
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
    done = Q(state__in=COLUMNS["done"])
    newest = questions.order_by("-asked_at", "pk").values_list("pk", flat=True)
    # The order is the database's work: it does it by the ids alone, and the page's questions are fetched afterwards.
    ranked = newest if sort == "newest" else by_votes(questions.exclude(done)).values_list("pk", flat=True)
    page = list(ranked[start : start + SIZE + 1])
    if sort != "newest" and len(page) <= SIZE:
        open_ones = questions.exclude(done).count()
        behind = max(0, start - open_ones)
        page += newest.filter(done)[behind : behind + SIZE + 1 - len(page)]
    found = Question.objects.select_related("asker").prefetch_related("answers__author").in_bulk(page[:SIZE])
    listed = [found[pk] for pk in page[:SIZE] if pk in found]
    votes = counts(listed)
    return {
        "items": translated(question_data(question, votes[question.pk]) for question in listed),
        "upvoted": {str(pk) for pk in upvoted_by(user.pk, listed)},
        "sort": "newest" if sort == "newest" else "votes",
        "next_start": start + SIZE if len(page) > SIZE else None,
        "start": start,
    }


def own_questions(session: Session, user: Participant | AnonymousUser) -> list[OwnQuestion]:
    """The participant's own questions in the session, the newest last, with what became of them."""
    questions = Question.objects.filter(session=session, asker=user.pk, origin=Question.Origin.REMOTE)
    return [own_question_data(question) for question in questions.select_related("root").order_by("asked_at")]
