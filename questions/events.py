"""The kinds of events that Q&A appends to a session's room, and the plain data its templates show."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Count

from live.audiences import EVERYONE, only
from live.log import append
from live.models import Event
from live.volatile import touch
from people.models import Participant
from questions.models import PUBLIC, Answer, Board, Change, Prompt, Question, State
from sessions.audiences import SPEAKERS, STAFF
from sessions.models import Session

Operation = Callable[[], Event]
HANDLED_FOR = timedelta(seconds=60)
UPCOMING = 3  # queued questions that a speaker sees


def public(question: Question, votes: int) -> dict[str, Any]:
    """What everybody may see of a question; never who asks without a name."""
    name, place = question.asker.name, question.asker.place
    if question.origin == Question.Origin.HALL:
        name, place = question.hall_name, question.hall_place
    hidden, hall = question.anonymous, question.origin == Question.Origin.HALL
    return {
        "id": str(question.pk),
        "session": question.session_id,
        "participant": None if hidden or hall else question.asker_id,
        "name": "" if hidden else name,
        "place": "" if hidden else place,
        "anonymous": hidden,
        "hall": hall,
        "language": question.language,
        "text": question.text,
        "state": question.state,
        "how": question.answered_how,
        "votes": votes,
        "asked_at": question.asked_at.isoformat(),
        "answers": [_answer(one) for one in question.answers.all()],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return _by(answer.author) | {"staff": answer.by_staff, "text": answer.text, "at": answer.at.isoformat()}


def _by(author: Participant) -> dict[str, Any]:
    return {"participant": author.pk, "name": author.name}


def mine(question: Question) -> dict[str, Any]:
    """What the asker sees of it: also why it was dismissed, and what became of the one it was merged into."""
    merged = question.merged_into_id is not None
    return {
        "id": str(question.pk),
        "session": question.session_id,
        "text": question.text,
        "anonymous": question.anonymous,
        "language": question.language,
        "state": question.state,
        "how": question.root.answered_how if merged else question.answered_how,
        "reason": question.reason,
        "merged_text": question.root.text if merged else "",
        "merged_state": question.root.state if merged else "",
    }


def card(question: Question, votes: int, board: Board) -> dict[str, Any]:
    """What the moderators' board shows; the name of who asks without one only as the organiser chose."""
    data = public(question, votes)
    if question.anonymous and board.names_for_moderators:
        data |= _by(question.asker) | {"place": question.asker.place}
    alike = question.similar_to if question.state in (State.PENDING, State.APPROVED) else None
    if alike is not None and (alike.state not in PUBLIC | {State.PENDING} or alike.root_id == question.root_id):
        alike = None
    return data | {
        "version": question.version,
        "position": question.position,
        "reason": question.reason,
        "original": question.original,
        "labels": question.label_list,
        "notes": [_by(note.author) | {"text": note.text} for note in question.notes.all()],
        "similar": {"id": str(alike.pk), "text": alike.text} if alike else None,
        "merged_text": question.root.text if question.merged_into_id else "",
        "gathered": sum(1 for one in question.tree.all() if one.pk != question.pk),
        "handled_by": question.handled_by.name if question.handled_by else "",
        "handled_by_id": question.handled_by_id,
        "handled_until": (question.handled_at + HANDLED_FOR).isoformat() if question.handled_at else "",
    }


def votes_of(question: Question) -> int:
    """The participants who upvoted the question or what was merged into it."""
    counted = Question.objects.filter(pk=question.pk).aggregate(
        total=Count("tree__upvotes__participant", distinct=True)
    )
    return int(counted["total"])


def by_state(session: Session) -> dict[str, int]:
    """State -> number of questions."""
    rows = Question.objects.filter(session=session).values_list("state").annotate(total=Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(rows)


def _push(session: Session, name: str, data: dict[str, Any], audience: str = EVERYONE, **client: Any) -> Event:
    kind, parent = f"questions.{name}", session.edition.room_key
    return append(session.room_key, kind, data, audience=audience, parent=parent, **client)


def asked(question: Question) -> Event:
    """A question was asked; the first event carries the client id, so that a repeat is recognised."""
    session = question.session
    client = {"participant_id": question.asker_id, "client_id": question.pk}
    if question.origin == Question.Origin.HALL:
        first = _push_card(question, 0, **client)
    else:
        first = _push(session, "mine", mine(question), only(question.asker_id), **client)
        _push_card(question, 0)
    if question.state in PUBLIC:
        _push(session, "question", public(question, 0))
    return first


def changed(question: Question, before: str) -> None:
    """A question went on from state `before`, or its words or notes changed: tell everybody what is theirs to know."""
    session, votes = question.session, votes_of(question)
    _push_card(question, votes)
    if question.state in PUBLIC:
        _push(session, "question", public(question, votes))
    elif before in PUBLIC:
        _push(session, "gone", {"id": str(question.pk), "session": session.pk})
    if State.ON_STAGE in (question.state, before):
        _push(session, "stage", stage(session))
    if {State.QUEUED, State.ON_STAGE} & {question.state, before}:
        queue(session)
    if question.root_id == question.pk:  # of a merged one the root tells
        for one in question.tree.exclude(origin=Question.Origin.HALL).select_related("root"):
            _push(session, "mine", mine(one), only(one.asker_id))


def _push_card(question: Question, votes: int, **client: Any) -> Event:
    session = question.session
    data = card(question, votes, Board.of(session)) | {"counts": by_state(session)}
    return _push(session, "card", data, STAFF, **client)


def noted(question: Question) -> None:
    """A note, a label or who is handling it changed: only colleagues are told."""
    _push_card(question, votes_of(question))


def stage(session: Session) -> dict[str, Any]:
    """What is on stage: {"session": id, "question": public data or None}."""
    found = Question.objects.filter(session=session, state=State.ON_STAGE).select_related("asker").first()
    return {"session": session.pk, "question": public(found, votes_of(found)) if found else None}


def upcoming(session: Session) -> dict[str, Any]:
    """The queue: every id in order, and what the speaker sees of the first ones."""
    waiting = Question.objects.filter(session=session, state=State.QUEUED).order_by("position", "asked_at", "pk")
    first = waiting.select_related("asker").prefetch_related("answers__author")[:UPCOMING]
    return {
        "session": session.pk,
        "ids": [str(pk) for pk in waiting.values_list("pk", flat=True)],
        "next": [public(one, votes_of(one)) for one in first],
    }


def queue(session: Session) -> None:
    """ "questions.queue": the order has changed; for the speakers and the moderators."""
    _push(session, "queue", upcoming(session), SPEAKERS)


def intake(board: Board) -> None:
    """ "questions.intake": questions are taken, or not."""
    _push(board.session, "intake", {"session": board.session_id, "intake": board.intake})


def prompt_data(session: Session) -> dict[str, Any]:
    """The newest private line to the speakers, acknowledged or not."""
    found = Prompt.objects.filter(session=session).select_related("author", "acknowledged_by").last()
    line = found and _by(found.author) | {
        "id": found.pk,
        "text": found.text,
        "acknowledged_by": found.acknowledged_by.name if found.acknowledged_by else "",
        "acknowledged_by_id": found.acknowledged_by_id,
    }
    return {"session": session.pk, "prompt": line}


def prompt(session: Session) -> None:
    """ "questions.prompt": a private line to the speakers was written or acknowledged."""
    _push(session, "prompt", prompt_data(session), SPEAKERS)


def votes(question: Question) -> None:
    """The upvotes of a question changed: volatile, counted anew when it is sent."""
    touch(question.session.room_key, "questions.votes", str(question.pk))


def last_steps(session: Session, count: int = 8) -> list[Change]:
    """The newest steps of the audit trail."""
    found = Change.objects.filter(question__session=session).select_related("by", "question", "undone_by")
    return list(found.order_by("-pk")[:count])
