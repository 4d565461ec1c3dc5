"""The states of a question: which step leads where, what goes with it, and who is told."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from questions import events, queue
from questions.merging import merge, split
from questions.models import PUBLIC, Question, QuestionSettings, State
from questions.record import record
from sessions.models import Session

S = State
UNDECIDED = frozenset({S.PENDING, S.APPROVED, S.QUEUED})
CLOSED = frozenset({S.DISMISSED, S.MERGED, S.ANSWERED, S.SKIPPED})
Reword = Callable[[Question], None]
MODERATE, OWN = "questions.moderate", "questions.own"

# What moderators do. "answer" is said aloud on stage, "write" is answered in writing.
STEPS = {
    "approve": Step(_("Approve"), frozenset({S.PENDING}), S.APPROVED, MODERATE),
    "dismiss": Step(_("Dismiss"), UNDECIDED, S.DISMISSED, MODERATE),
    "merge": Step(_("Merge"), UNDECIDED, S.MERGED, MODERATE),
    "queue": Step(_("Queue"), frozenset({S.APPROVED}), S.QUEUED, MODERATE),
    "stage": Step(_("Bring on stage"), frozenset({S.QUEUED}), S.ON_STAGE, MODERATE),
    "unqueue": Step(_("Take out"), frozenset({S.QUEUED}), S.APPROVED, MODERATE),
    "requeue": Step(_("Back to the queue"), frozenset({S.ON_STAGE}), S.QUEUED, MODERATE),
    "answer": Step(_("Answered live"), frozenset({S.ON_STAGE}), S.ANSWERED, MODERATE),
    "write": Step(_("Answered in writing"), PUBLIC - {S.ANSWERED}, S.ANSWERED, MODERATE),
    "skip": Step(_("Skip"), frozenset({S.ON_STAGE, S.QUEUED}), S.SKIPPED, MODERATE),
    "reopen": Step(_("Publish again"), CLOSED, S.APPROVED, MODERATE),
}
# What askers do with their own question.
OWN_STEPS = {
    "withdraw": Step(_("Withdraw"), frozenset({S.PENDING}), S.WITHDRAWN, OWN),
    "resubmit": Step(_("Ask again"), frozenset({S.WITHDRAWN}), S.PENDING, OWN),
}
# What changes the words and leaves the state.
NOT_EDITED = _("A merged or withdrawn question is not edited.")
TAKEN_UP = _("The moderators have taken it up: it can no longer be edited.")
EDITS = {
    "edit": Step(_("Edit"), frozenset(S) - {S.MERGED, S.WITHDRAWN}, None, MODERATE, NOT_EDITED),
    "revise": Step(_("Revise"), frozenset({S.PENDING}), None, OWN, TAKEN_UP),
}
LABELS = {action: row.label for action, row in (STEPS | OWN_STEPS | EDITS).items()}


def edit(question_id: uuid.UUID, text: str, by: Participant, *, expected: int | None = None) -> Question:
    """Change the words, keeping the asker's; raises Refused for a question that is merged or withdrawn."""

    def reword(question: Question) -> None:
        question.original = question.original or question.text
        question.text = text

    return step(question_id, "edit", by, expected=expected, reword=reword)


def next_question(session: Session, by: Participant, *, expected: str = "") -> Question | None:
    """Mark the question on stage as answered and bring the first of the queue on stage. Returns the latter or None.

    `expected` is the id of the question that the person saw on stage ("": there was none). Raises Refused.
    """
    with transaction.atomic():
        QuestionSettings.locked(session)
        current = Question.objects.filter(session=session, state=S.ON_STAGE).first()
        if str(current.pk if current else "") != expected:
            raise Refused(_("Somebody was faster: another question is on stage now."))
        following = queue.ordered(session).first()
        if current is None and following is None:
            raise Refused(_("The queue is empty: queue a question first."))
        if current:
            step(current.pk, "answer", by)
        return step(following.pk, "stage", by) if following else None


def bring_on_stage(
    question: Question, by: Participant, *, expected: int | None = None, seen: uuid.UUID | None = None
) -> list[Question]:
    """Bring a queued question on stage; what is there goes back to the front of the queue, if it is the one `seen`.

    Gives back what was changed, the question first. Raises Refused, also when another one is on stage than `seen`.
    """
    with transaction.atomic():
        QuestionSettings.locked(question.session)
        current = Question.objects.filter(session=question.session_id, state=S.ON_STAGE).first()
        if current and seen and current.pk != seen:
            raise Refused(_("Somebody was faster: another question is on stage now."))
        former = [step(current.pk, "requeue", by)] if current and seen else []
        return [step(question.pk, "stage", by, expected=expected), *former]


def undo_together(session: Session, versions: list[tuple[uuid.UUID, int]], by: Participant) -> None:
    """Undo the last step of each of these questions, in this order; all or, when one has changed since, none.

    `versions` are (question id, its version after the step). Raises Refused.
    """
    with transaction.atomic():
        QuestionSettings.locked(session)
        if Question.objects.filter(session=session, pk__in=[pk for pk, _version in versions]).count() != len(versions):
            raise Refused(_("There is no such question any more. Reload the page."))
        for pk, version in versions:
            undo(pk, by, expected=version)


def _lock(question_id: uuid.UUID) -> Question:
    """The question as it is now, its whole session's settings locked until the transaction ends."""
    QuestionSettings.locked(Question.objects.select_related("session").get(pk=question_id).session)
    return Question.objects.select_related("session__edition", "asker", "root").get(pk=question_id)


def _change(
    question: Question, action: str, *, reason: str = "", into: Question | None = None, reword: Reword | None = None
) -> dict[str, str]:
    """What goes with a step; the keywords are what `step` takes besides. Returns details for the record."""
    if reword:
        reword(question)
        return {}
    if action == "merge":
        merge(question, into)
    elif question.merged_into_id:
        split(question)
    if action == "stage":
        _refuse_second_on_stage(question)
    if action == "queue":
        question.position = queue.place_for(question)
    if action == "requeue":
        question.position = queue.front_of(question.session)
    question.reason = reason if action == "dismiss" else ""
    question.answered_how = {"answer": "live", "write": "written"}.get(action, "")
    return {"into": str(question.root_id)} if action == "merge" else {}


def _save(question: Question) -> None:
    question.version += 1
    question.handled_by = question.handled_at = None
    question.save()


def _announce(question: Question, before: dict[str, Any]) -> None:
    """Push the step; also what the question was merged into, before and after, counts anew."""
    events.changed(question, before["state"])
    after = question.snapshot()
    if before["merged_into"] != after["merged_into"]:
        for key in filter(None, (before["merged_into"], after["merged_into"])):
            target = Question.objects.select_related("root__session__edition", "root__asker", "root__root").get(pk=key)
            events.changed(target.root, target.root.state)


def _restore(question: Question, before: dict[str, Any]) -> None:
    if before["state"] == S.ON_STAGE:
        _refuse_second_on_stage(question)
    if question.merged_into_id:
        split(question)
    if before["merged_into"]:
        merge(question, Question.objects.filter(pk=before["merged_into"]).first())
    for name in ("state", "answered_how", "reason", "position", "text", "original"):
        setattr(question, name, before[name])


def _refuse_second_on_stage(question: Question) -> None:
    if Question.objects.filter(session=question.session_id, state=S.ON_STAGE).exclude(pk=question.pk).exists():
        raise Refused(_("Another question is on stage: finish that one first."))


MACHINE = Machine(
    steps=STEPS,
    others=OWN_STEPS | EDITS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=Question.snapshot,
    record=record,
    announce=_announce,
    impossible=_("“%(step)s” is not possible: the question is “%(state)s”."),
    faster=_("Somebody was faster: the question has changed and is “%(state)s” now. Look again before you go on."),
    history=lambda question: question.changes,
    restore=_restore,
    own=frozenset(action for action, row in (OWN_STEPS | EDITS).items() if row.right == OWN),
)
allowed, step, undo = MACHINE.allowed, MACHINE.take, MACHINE.undo
