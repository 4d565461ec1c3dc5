"""The kinds of events that the Q&A appends to a session's room. They hold ids only; questions/entries.py shows them."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from common.registry import registry
from live.audiences import EVERYONE, only
from live.log import append, hide
from live.models import Event
from live.volatile import touch
from questions.models import PUBLIC, Question, QuestionSettings, State
from sessions.audiences import SPEAKERS, STAFF
from sessions.models import Session
from show.following import row_counts_changed, screen_changed, stage_changed

Operation = Callable[[], Event]


def digest(text: str) -> str:
    """By what the same words are recognised again, when the words themselves are no longer kept."""
    return sha256(text.encode()).hexdigest()


def _push(
    session: Session, name: str, about: Mapping[str, Any] | None = None, audience: str = EVERYONE, **client: Any
) -> Event:
    """Append an event that holds the session's id and what it is about."""
    kind, data = f"questions.{name}", {"session": session.pk, **(about or {})}
    return append(session.room_key, kind, data, audience=audience, parent=session.edition.room_key, **client)


def _about(question: Question) -> dict[str, str]:
    return {"id": str(question.pk)}


def asked(question: Question) -> Event:
    """A question was asked; the first event carries the client id, so that a repeat is recognised."""
    session = question.session
    client = {"participant_id": question.asker_id, "client_id": question.pk}
    about = _about(question) | {"words": digest(question.text)}
    if question.origin == Question.Origin.HALL:
        first = _push(session, "card", about, STAFF, **client)
    else:
        first = _push(session, "mine", about, only(question.asker_id), **client)
        noted(question)
    if question.state in PUBLIC:
        _push(session, "question", _about(question))
    return first


def changed(question: Question, before: str) -> None:
    """A question went on from state `before`, or its words or notes changed: push to each audience what it may see."""
    session = question.session
    noted(question)
    if question.state in PUBLIC:
        _push(session, "question", _about(question))
    elif before in PUBLIC:
        _push(session, "gone", _about(question))
        hide(session.room_key)
    if State.ON_STAGE in (question.state, before):
        _push(session, "stage")
        screen_changed(session)
    if PUBLIC & {question.state, before}:
        begins = question.state == State.ON_STAGE != before
        registry.tell_moment(session, "questions.question", str(question.pk), begins)
    if {State.QUEUED, State.ON_STAGE} & {question.state, before}:
        queue(session)
    if question.root_id == question.pk:  # of a merged one the root tells
        for member in question.tree.exclude(origin=Question.Origin.HALL):
            _push(session, "mine", _about(member), only(member.asker_id))


def noted(question: Question) -> None:
    """A note, a label or who is handling it changed: pushed to staff only."""
    row_counts_changed(question.session)
    _push(question.session, "card", _about(question), STAFF)


def queue(session: Session) -> None:
    """ "questions.queue": the order has changed; for the speakers and the moderators."""
    _push(session, "queue", audience=SPEAKERS)


def intake(settings: QuestionSettings) -> None:
    """ "questions.intake": questions are taken, or not."""
    _push(settings.session, "intake", {"intake": settings.intake})


def prompt(session: Session) -> None:
    """ "questions.prompt": a private line to the speakers was written or acknowledged."""
    _push(session, "prompt", audience=SPEAKERS)
    stage_changed(session)


def votes(question: Question) -> None:
    """The upvotes of a question changed: volatile, counted anew when it is sent."""
    touch(question.session.room_key, "questions.votes", str(question.pk))
