"""What of the Q&A comes back with the session's recording: what everybody may see of it today.

A question comes when it was published. One without a name comes at a full quarter of a coarse grid only, in an order
that says nothing: the exact time, beside what was said and written then, could tell who asked.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from common.contract import Chapter, Happened, Replayed
from people.bans import banned_from
from questions.data import asked_data, by
from questions.models import PUBLIC, Answer, Change, Question
from questions.upvotes import counts
from sessions import status
from sessions.models import Session

COARSE = timedelta(minutes=5)  # within which nobody can tell when a question without a name was asked
MOST_CHAPTERS = 100


def _questions(session: Session) -> "QuerySet[Question]":
    """Those that are public now, of nobody who is banned now (at the hall's microphone moderators ask for others)."""
    hall = Q(origin=Question.Origin.HALL)
    public = Question.objects.filter(session=session, state__in=PUBLIC)
    return public.filter(hall | ~Q(asker__in=banned_from(session)))


def _published(session: Session) -> "QuerySet[Any]":
    """The same with the moment at which each was published."""
    approved = Change.objects.filter(question=OuterRef("pk"), action="approve", undone_at=None).order_by("at")
    return _questions(session).annotate(published=Coalesce(Subquery(approved.values("at")[:1]), F("asked_at")))


def coarse(moment: datetime, ended: datetime) -> datetime:
    """The next full five minutes; the last ones of a session, which are less than five, go with those before."""
    width = COARSE.total_seconds()
    later = datetime.fromtimestamp(-(-moment.timestamp() // width) * width, UTC)
    return later - COARSE if moment < ended <= later else later


def _placed(session: Session, begin: datetime, end: datetime | None) -> list[tuple[datetime, Question]]:
    """The questions of a time, each with the moment at which it comes, in order."""
    near = _published(session).filter(published__gte=begin - COARSE)
    if end is not None:
        near = near.filter(published__lt=end + COARSE)
    ended = status.ended(session)
    placed = [
        (coarse(question.published, ended) if question.anonymous else question.published, question)
        for question in near.select_related("asker")
    ]
    inside = [(at, question) for at, question in placed if begin <= at and (end is None or at < end)]
    return sorted(inside, key=lambda pair: (pair[0], pair[1].pk))


def between(session: Session, begin: datetime, end: datetime | None, most: int) -> Sequence[Happened]:
    """The first questions of a time."""
    placed = _placed(session, begin, end)[:most]
    votes = counts([question for _at, question in placed])
    return [
        Happened(
            at, f"question-{question.pk}", "questions/_replayed.html", {**asked_data(question, votes[question.pk])}
        )
        for at, question in placed
    ]


def total(session: Session, begin: datetime, end: datetime | None) -> int:
    """How many questions of a time come back."""
    return len(_placed(session, begin, end))


def _staged(session: Session) -> "QuerySet[Change]":
    """When questions that come back came on stage."""
    steps = Change.objects.filter(question__in=_questions(session), action="stage", undone_at=None)
    return steps.select_related("question__asker").order_by("at", "pk")


def staged_between(session: Session, begin: datetime, end: datetime | None, most: int) -> Sequence[Happened]:
    """The first questions that came on stage in a time."""
    steps = [*_staged(session).filter(**_within(begin, end))[:most]]
    votes = counts([step.question for step in steps])
    return [
        Happened(
            step.at,
            f"question-{step.question_id}",
            "questions/_replayed.html",
            {**asked_data(step.question, votes[step.question_id]), "staged": True},
        )
        for step in steps
    ]


def staged_total(session: Session, begin: datetime, end: datetime | None) -> int:
    """How many questions came on stage in a time."""
    return _staged(session).filter(**_within(begin, end)).count()


def chapters(session: Session) -> Sequence[Chapter]:
    """The questions on stage."""
    icon = "message-circle-question-mark"
    return [Chapter(step.at, step.question.text, icon) for step in _staged(session)[:MOST_CHAPTERS]]


def own(session: Session, participant: int) -> Sequence[tuple[datetime, str]]:
    """What one asked oneself and did not take back."""
    asked = Question.objects.filter(session=session, asker=participant, origin=Question.Origin.REMOTE)
    rows = asked.exclude(state="withdrawn").order_by("asked_at")[:MOST_CHAPTERS]
    return [(question.asked_at, question.text) for question in rows]


def _answers(session: Session) -> "QuerySet[Answer]":
    answers = Answer.objects.filter(question__in=_questions(session)).exclude(author__in=banned_from(session))
    return answers.select_related("author", "question").order_by("at", "pk")


def answers_between(session: Session, begin: datetime, end: datetime | None, most: int) -> Sequence[Happened]:
    """The first written answers of a time."""
    return [
        Happened(
            answer.at,
            f"question-{answer.question_id}",
            "questions/_replayed_answer.html",
            {**by(answer.author), "staff": answer.by_staff, "text": answer.text, "question": answer.question.text},
        )
        for answer in _answers(session).filter(**_within(begin, end))[:most]
    ]


def answers_total(session: Session, begin: datetime, end: datetime | None) -> int:
    """How many written answers of a time come back."""
    return _answers(session).filter(**_within(begin, end)).count()


def _within(begin: datetime, end: datetime | None) -> dict[str, datetime]:
    return {"at__gte": begin} | ({} if end is None else {"at__lt": end})


REPLAYED = {
    "questions.question": Replayed(_("Questions"), between, total, own=own),
    "questions.stage": Replayed(_("On stage"), staged_between, staged_total, chapters=chapters),
    "questions.answer": Replayed(_("Answers"), answers_between, answers_total),
}
