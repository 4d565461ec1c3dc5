"""What the pages list: the audience's list and one's own questions. The moderators' board: questions/triage.py."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, QuerySet, When

from common.prepared import Prepared
from people.models import Participant
from questions.data import (
    AnswerData,
    OwnQuestion,
    QuestionData,
    StageData,
    own_question_data,
    question_data,
    translated,
)
from questions.models import PUBLIC, Answer, Question, State
from questions.upvotes import upvoted_by, votes_of_each, with_votes
from sessions.models import Session

SIZE = 50  # questions of a page
FARTHEST = 999_999  # where a page may start
# What `question_data` reads.
ASKED = (
    *("session", "anonymous", "origin", "hall_name", "hall_place", "language", "text", "state", "answered_how"),
    *("asked_at", "asker__name", "asker__is_guest", "asker__visibility", "asker__city", "asker__country"),
)
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
    page = _order(session, sort, start)
    return _shown(_found(session, page), page, user, sort, start)


def first_page(session: Session, user: Participant | AnonymousUser) -> dict[str, Any]:
    """The first `questions_page` by votes and, as "stage", what is on stage: read together."""
    page = _order(session, "", 0)
    found = _found(session, page)
    question = next((each for each in found.values() if each["state"] == State.ON_STAGE), None)
    stage: StageData = {"session": session.pk, "question": question}
    return {"stage": stage, **_shown(found, page, user, "", 0)}


def _found(session: Session, page: Sequence[UUID]) -> dict[UUID, QuestionData]:
    """A page's questions by id, and the one on stage."""
    found = _PAGE.ask(session.pk, page[:SIZE])
    answers: defaultdict[UUID, list[AnswerData]] = defaultdict(list)
    for pk, author, name, staff, text, at in _ANSWERS.ask([each.pk for each in found]):
        written: AnswerData = {"participant": author, "name": name, "staff": staff, "text": text, "at": at.isoformat()}
        answers[pk].append(written)
    return {each.pk: question_data(each, each.votes, answers[each.pk]) for each in found}


def _page(session: int, keys: list[UUID]) -> Any:
    on_stage = Q(session=session, state=State.ON_STAGE)
    asked = with_votes(Question.objects.filter(Q(pk__in=keys) | on_stage)).select_related("asker")
    return asked.only(*ASKED).order_by()  # half of what rows cost is making objects of what nobody looks at


_PAGE: Prepared[Any] = Prepared(_page)
_ANSWERS: Prepared[tuple[UUID, int, str, bool, str, datetime]] = Prepared(
    lambda keys: (
        Answer.objects.filter(question__in=keys)
        .order_by("pk")
        .values_list("question", "author", "author__name", "by_staff", "text", "at")
    )
)


def _order(session: Session, sort: str, start: int) -> list[UUID]:
    """The ids of a page's questions, and one more if there is another page."""
    if start == 0 and sort != "newest":
        return _FIRST.ask(session.pk)
    return list(_ranked(session.pk, sort)[start : start + SIZE + 1])


def _ranked(session: int, sort: str) -> QuerySet[Question, UUID]:
    questions: Any = Question.objects.filter(session=session, state__in=PUBLIC - {State.ON_STAGE})
    # The order is the database's work: it does it by the ids alone, and the page's questions are fetched afterwards.
    if sort == "newest":
        ranked = questions.order_by("-asked_at", "pk")
    else:  # what is done comes last, the newest of it first
        done = Q(state__in=COLUMNS["done"])
        votes = Case(When(done, then=-1), default=votes_of_each())
        asked = Case(When(done, then=None), default="asked_at")
        ranked = questions.annotate(votes=votes, asked=asked).order_by("-votes", "asked", "-asked_at", "pk")
    ids: QuerySet[Question, UUID] = ranked.values_list("pk", flat=True)
    return ids


_FIRST = Prepared(lambda session: _ranked(session, "")[: SIZE + 1])


def _shown(
    found: Mapping[UUID, QuestionData],
    page: Sequence[UUID],
    user: Participant | AnonymousUser,
    sort: str,
    start: int,
) -> dict[str, Any]:
    listed = [pk for pk in page[:SIZE] if pk in found]
    return {
        "items": translated(found[pk] for pk in listed),
        "upvoted": {str(pk) for pk in upvoted_by(user.pk, listed)},
        "sort": "newest" if sort == "newest" else "votes",
        "next_start": start + SIZE if len(page) > SIZE else None,
        "start": start,
    }


def own_questions(session: Session, user: Participant | AnonymousUser) -> list[OwnQuestion]:
    """The participant's own questions in the session, the newest last, with what became of them."""
    if user.pk is None:
        return []
    return [own_question_data(question) for question in _OWN.ask(session.pk, user.pk)]


_OWN: Prepared[Question] = Prepared(
    lambda session, asker: (
        Question.objects.filter(session=session, asker=asker, origin=Question.Origin.REMOTE)
        .select_related("root")
        .order_by("asked_at")
    )
)
