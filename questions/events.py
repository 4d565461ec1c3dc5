"""The kinds of events that the Q&A appends to a session's room."""

from collections.abc import Callable, Mapping
from typing import Any

from live.audiences import EVERYONE, only
from live.log import append
from live.models import Event
from live.volatile import touch
from questions.data import (
    by_state,
    card_data,
    own_question_data,
    prompt_data,
    question_data,
    queue_data,
    stage_data,
    votes_of,
)
from questions.models import PUBLIC, Question, QuestionSettings, State
from sessions.audiences import SPEAKERS, STAFF
from sessions.models import Session
from show.following import screen_changed

Operation = Callable[[], Event]


def _push(session: Session, name: str, data: Mapping[str, Any], audience: str = EVERYONE, **client: Any) -> Event:
    kind, parent = f"questions.{name}", session.edition.room_key
    return append(session.room_key, kind, dict(data), audience=audience, parent=parent, **client)


def asked(question: Question) -> Event:
    """A question was asked; the first event carries the client id, so that a repeat is recognised."""
    session = question.session
    client = {"participant_id": question.asker_id, "client_id": question.pk}
    if question.origin == Question.Origin.HALL:
        first = _push_card(question, 0, **client)
    else:
        first = _push(session, "mine", own_question_data(question), only(question.asker_id), **client)
        _push_card(question, 0)
    if question.state in PUBLIC:
        _push(session, "question", question_data(question, 0))
    return first


def changed(question: Question, before: str) -> None:
    """A question went on from state `before`, or its words or notes changed: tell everybody what is theirs to know."""
    session, votes = question.session, votes_of(question)
    _push_card(question, votes)
    if question.state in PUBLIC:
        _push(session, "question", question_data(question, votes))
    elif before in PUBLIC:
        _push(session, "gone", {"id": str(question.pk), "session": session.pk})
    if State.ON_STAGE in (question.state, before):
        _push(session, "stage", stage_data(session))
        screen_changed(session)
    if {State.QUEUED, State.ON_STAGE} & {question.state, before}:
        queue(session)
    if question.root_id == question.pk:  # of a merged one the root tells
        for one in question.tree.exclude(origin=Question.Origin.HALL).select_related("root"):
            _push(session, "mine", own_question_data(one), only(one.asker_id))


def _push_card(question: Question, votes: int, **client: Any) -> Event:
    session = question.session
    data = {**card_data(question, votes, QuestionSettings.of(session)), "counts": by_state(session)}
    return _push(session, "card", data, STAFF, **client)


def noted(question: Question) -> None:
    """A note, a label or who is handling it changed: only colleagues are told."""
    _push_card(question, votes_of(question))


def queue(session: Session) -> None:
    """ "questions.queue": the order has changed; for the speakers and the moderators."""
    _push(session, "queue", queue_data(session), SPEAKERS)


def intake(settings: QuestionSettings) -> None:
    """ "questions.intake": questions are taken, or not."""
    _push(settings.session, "intake", {"session": settings.session_id, "intake": settings.intake})


def prompt(session: Session) -> None:
    """ "questions.prompt": a private line to the speakers was written or acknowledged."""
    _push(session, "prompt", prompt_data(session), SPEAKERS)


def votes(question: Question) -> None:
    """The upvotes of a question changed: volatile, counted anew when it is sent."""
    touch(question.session.room_key, "questions.votes", str(question.pk))
