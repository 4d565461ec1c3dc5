"""Asking, and what askers may do with their own question until it is approved."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from live.models import Event, once
from people import audit
from people.models import Participant
from people.refusal import Refused
from questions import events, similar
from questions.models import Board, Question, State
from questions.record import record
from questions.state import carry_out
from sessions.blocklist import blocked
from sessions.models import Session


@dataclass(frozen=True)
class Words:
    """What a person asks, checked by a form."""

    text: str
    anonymous: bool = False
    language: str = ""


def ask(session: Session, asker: Participant, words: Words, client_id: uuid.UUID) -> Question:
    """Write a question into a session's Q&A; a repeat of the client id returns the first. Raises Refused."""

    def operation() -> Event:
        board = Board.locked(session)
        session.refresh_from_db(fields=["status"])
        if not board.is_open(session.status):
            raise Refused(_("Questions are closed at the moment; your words are kept here."))
        if words.anonymous and not board.anonymous_allowed:
            raise Refused(_("Questions without a name are not taken here. Untick “without my name”."))
        state = State.PENDING if board.moderated else State.APPROVED
        question = Question(pk=client_id, session=session, asker=asker, anonymous=words.anonymous, state=state)
        return _first(question, words)

    return _written(session, asker, client_id, operation)


def add_from_hall(
    session: Session, moderator: Participant, text: str, name: str, place: str, client_id: uuid.UUID
) -> Question:
    """Put a question from the hall's microphone line among the others: approved, as a moderator writes it down."""

    def operation() -> Event:
        Board.locked(session)
        question = Question(pk=client_id, session=session, asker=moderator, origin="hall", state=State.APPROVED)
        question.hall_name, question.hall_place = name, place
        record(moderator, "hall", question)
        return _first(question, Words(text))

    return _written(session, moderator, client_id, operation)


def _first(question: Question, words: Words) -> Event:
    check_words(question.session, words.text)
    question.text, question.language, question.root = words.text, words.language, question
    found = similar.alike(question.session, words.text, similar.MERGEABLE)
    question.similar_to = found[0] if found else None
    question.save(force_insert=True)
    return events.asked(question)


def _written(session: Session, asker: Participant, client_id: uuid.UUID, operation: "events.Operation") -> Question:
    mine = Question.objects.filter(session=session, asker=asker)
    try:
        once(session.room_key, asker.pk, client_id, operation)
        return mine.get(pk=client_id)
    except (IntegrityError, Question.DoesNotExist) as error:  # the id is another's: nobody gets to see whose
        raise Refused(_("This question could not be sent. Reload the page and send it again.")) from error


def revise(question_id: uuid.UUID, asker: Participant, words: Words) -> Question:
    """The asker's own new words for a question that nobody has approved yet; raises Refused."""

    def change(question: Question) -> None:
        if question.state != State.PENDING:
            raise Refused(_("The moderators have taken it up: it can no longer be edited."))
        if words.anonymous and not question.anonymous and not Board.of(question.session).anonymous_allowed:
            raise Refused(_("Questions without a name are not taken here. Untick “without my name”."))
        check_words(question.session, words.text)
        question.text, question.anonymous, question.language = words.text, words.anonymous, words.language
        question.original = ""

    with transaction.atomic():
        return carry_out(question_id, "revise", asker, change, None)


def check_words(session: Session, text: str) -> None:
    """Raises Refused for words of the edition's blocklist."""
    if blocked(text, session.edition.blocked_terms):
        raise Refused(_("It contains a word that the organisers do not allow. Say it in other words."))


def set_board(board: Board, values: dict[str, Any], fields: Iterable[str], by: Participant) -> None:
    """Change how the Q&A is run."""
    chosen = {name: values[name] for name in fields}
    with transaction.atomic():
        audit.record(by, "questions.settings", board.session.room_key, **chosen)
        Board.objects.filter(pk=board.pk).update(**chosen)
        events.intake(Board.objects.select_related("session__edition").get(pk=board.pk))
