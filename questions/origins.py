"""Answered questions with which a case of Tomorrow.City may begin: those that everybody reads, and never who asked."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common import search
from common.contract import Origin, Origins
from common.registry import registry
from people.bans import banned_from
from questions.models import Change, Question, State
from sessions.models import Session


def _answered() -> "QuerySet[Question]":
    """Those of sessions that everybody sees."""
    sessions = Session.objects.visible_to(AnonymousUser())
    answered = Question.objects.filter(state=State.ANSWERED, session__in=sessions)
    return answered.select_related("session__edition", "session__stage").prefetch_related("answers")


def _readable(questions: Iterable[Question]) -> Iterator[tuple[Question, list[str]]]:
    """Questions and their answers without those of who is banned now (in the hall moderators ask for others)."""
    banned: dict[int, set[int]] = {}
    for question in questions:
        if question.session_id not in banned:
            banned[question.session_id] = set(banned_from(question.session))
        away = banned[question.session_id]
        if question.asker_id not in away or question.origin == Question.Origin.HALL:
            yield question, [answer.text for answer in question.answers.all() if answer.author_id not in away]


def newest(words: str, most: int) -> Sequence[Origin]:
    """The newest that hold the words in the question or the title of its session."""
    questions = _answered()
    for word in search.words(words):
        questions = questions.filter(Q(search.holds(word, "text")) | Q(search.holds(word, "session__title")))
    found = _readable(questions.order_by("-asked_at", "pk")[:most])
    return [_origin(question, answers, _anchor(question)) for question, answers in found]


def find(pk: str) -> Origin | None:
    """The question with that id; where it was on stage and the session has a recording, its address has the moment."""
    try:
        found = next(_readable(_answered().filter(pk=UUID(pk))), None)
    except ValueError:
        return None
    return _origin(*found, _moment(found[0]) + _anchor(found[0])) if found else None


def _anchor(question: Question) -> str:
    return f"#question-{question.pk}"


def _moment(question: Question) -> str:
    """The moment of the recording at which it came on stage, as its page takes it."""
    staged = Change.objects.filter(question=question, action="stage", undone_at=None).order_by("at").last()
    recorded = registry.player().recorded(question.session) if staged else None
    place = recorded.place(staged.at) if recorded and staged else None
    return "" if place is None else f"?t={int(place)}"


def _origin(question: Question, answers: list[str], place: str) -> Origin:
    url = f"{question.session.get_absolute_url()}{place}"
    draft = {"title": question.text, "problem": question.text, "done": "\n\n".join(answers)}
    draft["language"] = question.language
    return Origin(str(question.pk), question.text, url, question.session.title, draft)


ORIGINS = {"questions.question": Origins(_("Answered questions"), newest, find)}
