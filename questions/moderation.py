"""What moderators and speakers add around a question: answers, notes, labels, who handles it, prompts."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from questions import events
from questions.cards import HANDLED_FOR
from questions.models import PUBLIC, Answer, Mute, Note, Prompt, Question, QuestionSettings, State
from questions.record import record
from questions.state import STEPS, step
from sessions.models import Session


def answer(question: Question, author: Participant, text: str, by_staff: bool) -> Answer:
    """Answer in writing; a published question becomes answered by it. Raises Refused."""
    with transaction.atomic():
        QuestionSettings.locked(question.session)
        question = _fresh(question)
        if question.state not in PUBLIC:
            raise Refused(_("Publish the question before you answer it."))
        made = Answer.objects.create(question=question, author=author, by_staff=by_staff, text=text)
        record(author, "reply", question, answer=made.pk)
        if question.state in STEPS["write"].sources and question.state != State.ON_STAGE:
            step(question.pk, "write", author)
        else:
            events.changed(question, question.state)
    return made


def note(question: Question, author: Participant, text: str) -> None:
    """Write a note for the other moderators."""
    with transaction.atomic():
        made = Note.objects.create(question=question, author=author, text=text)
        record(author, "note", question, note=made.pk)
        events.noted(_fresh(question))


def label(question: Question, labels: list[str], by: Participant) -> None:
    """Set the labels that moderators see."""
    with transaction.atomic():
        joined = f",{','.join(labels)}," if labels else ""
        Question.objects.filter(pk=question.pk).update(labels=joined)
        record(by, "label", question, labels=len(labels))
        events.noted(_fresh(question))


def handle(question: Question, by: Participant) -> None:
    """Show the other moderators for a minute who is handling the question; a repeat soon after changes nothing."""
    now = clock.now()
    with transaction.atomic():
        unmarked = Question.objects.filter(pk=question.pk).exclude(handled_by=by, handled_at__gt=now - HANDLED_FOR / 2)
        if unmarked.update(handled_by=by, handled_at=now):
            events.noted(_fresh(question))


def mute(question: Question, by: Participant, on: bool) -> None:
    """Take no more questions from who asked this one in its session, or take them again; a repeat changes nothing.

    Raises Refused for one from the hall, which a moderator wrote down.
    """
    if question.origin == Question.Origin.HALL:
        raise Refused(_("This question came from the hall: nobody sent it."), 422)
    with transaction.atomic():
        QuestionSettings.locked(question.session)
        if on:
            changed = Mute.objects.get_or_create(question=question, defaults={"by": by})[1]
        else:
            changed = bool(Mute.objects.filter(question=question).delete()[0])
        if changed:
            record(by, "mute" if on else "unmute", question)


def prompt(session: Session, author: Participant, text: str) -> None:
    """Send the speakers a private line."""
    with transaction.atomic():
        made = Prompt.objects.create(session=session, author=author, text=text)
        audit.record(author, "questions.prompt", session.room_key, prompt=made.pk)
        events.prompt(session)


def acknowledge(line: Prompt, by: Participant | None, answer: str = "") -> None:
    """A speaker has read the line, and answers it or not. `by` None: on the monitor of the stage, whoever it was."""
    with transaction.atomic():
        unread = Prompt.objects.filter(pk=line.pk, acknowledged_at=None)
        if unread.update(acknowledged_by=by, acknowledged_at=clock.now(), answer=answer):
            events.prompt(line.session)


def _fresh(question: Question) -> Question:
    return Question.objects.select_related("session__edition", "asker", "root", "handled_by").get(pk=question.pk)
