"""Asking, and what askers may do with their own question until it is approved."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from live.log import once
from live.models import Event
from people import audit
from people.models import Participant
from people.refusal import OtherWords, Refused
from questions import events, similar
from questions.models import Mute, Question, QuestionSettings, State
from questions.record import record
from questions.state import step
from sessions.blocklist import blocked
from sessions.models import Session


@dataclass(frozen=True)
class Draft:
    """What a person asks, checked by a form."""

    text: str
    anonymous: bool = False
    language: str = ""


def ask(session: Session, asker: Participant, draft: Draft, client_id: uuid.UUID) -> Question:
    """Write a question into a session's Q&A; a repeat of the client id returns the first. Raises Refused."""

    def operation() -> Event:
        settings = QuestionSettings.locked(session)
        session.refresh_from_db(fields=["status"])
        if not settings.is_open(session.status):
            raise Refused(_("Questions are closed at the moment; your words are kept here."))
        if draft.anonymous and not settings.anonymous_allowed:
            raise Refused(_("Questions without a name are not taken here. Untick “without my name”."))
        check_not_muted(session, asker)
        state = State.PENDING if settings.moderated else State.APPROVED
        question = Question(pk=client_id, session=session, asker=asker, anonymous=draft.anonymous, state=state)
        question.named_to_moderators = draft.anonymous and settings.names_for_moderators
        return _first(question, draft)

    return _written(session, asker, client_id, draft.text, operation)


def add_from_hall(
    session: Session, moderator: Participant, text: str, name: str, place: str, client_id: uuid.UUID
) -> Question:
    """Put a question from the hall's microphone line among the others: approved, as a moderator writes it down."""

    def operation() -> Event:
        QuestionSettings.locked(session)
        question = Question(pk=client_id, session=session, asker=moderator, origin="hall", state=State.APPROVED)
        question.hall_name, question.hall_place = name, place
        record(moderator, "hall", question)
        return _first(question, Draft(text))

    return _written(session, moderator, client_id, text, operation)


def _first(question: Question, draft: Draft) -> Event:
    check_words(question.session, draft.text)
    question.text, question.language, question.root = draft.text, draft.language, question
    similar_questions = similar.alike(question.session, draft.text, similar.MERGEABLE)
    question.similar_to = similar_questions[0] if similar_questions else None
    question.save(force_insert=True)
    return events.asked(question)


def _written(
    session: Session, asker: Participant, client_id: uuid.UUID, text: str, operation: "events.Operation"
) -> Question:
    """The question that has the id now, or had before. Raises Refused when it never had these words."""
    own_questions = Question.objects.filter(session=session, asker=asker)
    try:
        first = once(session.room_key, asker.pk, client_id, operation)
        question = own_questions.get(pk=client_id)
        if text not in (question.text, question.original) and events.digest(text) != first.data.get("words"):
            raise OtherWords
        return question
    except (IntegrityError, Question.DoesNotExist) as error:  # the id is another's: nobody gets to see whose
        raise Refused(_("This question could not be sent. Reload the page and send it again.")) from error


def revise(question_id: uuid.UUID, asker: Participant, draft: Draft) -> Question:
    """The asker's own new words for a question that nobody has approved yet; raises Refused."""

    def reword(question: Question) -> None:
        if draft.anonymous and not question.anonymous and not QuestionSettings.of(question.session).anonymous_allowed:
            raise Refused(_("Questions without a name are not taken here. Untick “without my name”."))
        check_not_muted(question.session, asker)
        check_words(question.session, draft.text)
        if draft.anonymous and not question.anonymous:
            question.named_to_moderators = QuestionSettings.of(question.session).names_for_moderators
        question.text, question.anonymous, question.language = draft.text, draft.anonymous, draft.language
        question.original = ""

    return step(question_id, "revise", asker, reword=reword)


def check_not_muted(session: Session, asker: Participant) -> None:
    """Raises Refused for whom the session's moderators take no more questions from."""
    if Mute.objects.filter(question__session=session, question__asker=asker).exists():
        raise Refused(_("The moderators take no more questions from you in this session."), 403)


def check_words(session: Session, text: str) -> None:
    """Raises Refused for words of the edition's blocklist."""
    if blocked(text, session.edition.blocked_terms):
        raise Refused(_("It contains a word that the organisers do not allow. Say it in other words."))


def change_settings(settings: QuestionSettings, values: dict[str, Any], fields: Iterable[str], by: Participant) -> None:
    """Change how the Q&A is run."""
    chosen = {name: values[name] for name in fields}
    with transaction.atomic():
        audit.record(by, "questions.settings", settings.session.room_key, **chosen)
        QuestionSettings.objects.filter(pk=settings.pk).update(**chosen)
        events.intake(QuestionSettings.objects.select_related("session__edition").get(pk=settings.pk))
