"""The state machine of a question: which step leads where, who did it, and how it is undone."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Participant
from people.refusal import Refused
from questions import events, queue
from questions.models import Board, Change, Question, State
from questions.record import record
from sessions.models import Session

S = State
PUBLISHED = frozenset({S.APPROVED, S.QUEUED})
GATHERING = (S.PENDING, S.APPROVED, S.QUEUED, S.ON_STAGE)  # what may gather others, the furthest on last

# action -> (from which states, to which state). "answer" is said aloud on stage, "write" is answered in writing.
STEPS: dict[str, tuple[frozenset[State], State]] = {
    "approve": (frozenset({S.PENDING}), S.APPROVED),
    "dismiss": (frozenset({S.PENDING, S.APPROVED, S.QUEUED}), S.DISMISSED),
    "merge": (frozenset({S.PENDING, S.APPROVED, S.QUEUED}), S.MERGED),
    "queue": (frozenset({S.APPROVED}), S.QUEUED),
    "stage": (frozenset({S.QUEUED}), S.ON_STAGE),
    "unqueue": (frozenset({S.QUEUED}), S.APPROVED),
    "answer": (frozenset({S.ON_STAGE}), S.ANSWERED),
    "write": (frozenset({S.APPROVED, S.QUEUED, S.ON_STAGE, S.SKIPPED}), S.ANSWERED),
    "skip": (frozenset({S.ON_STAGE, S.QUEUED}), S.SKIPPED),
    "reopen": (frozenset({S.DISMISSED, S.MERGED, S.ANSWERED, S.SKIPPED}), S.APPROVED),
}
OWN_STEPS: dict[str, tuple[frozenset[State], State]] = {
    "withdraw": (frozenset({S.PENDING}), S.WITHDRAWN),
    "resubmit": (frozenset({S.WITHDRAWN}), S.PENDING),
}
LABELS = {
    "approve": _("Approve"),
    "dismiss": _("Dismiss"),
    "merge": _("Merge"),
    "queue": _("Queue"),
    "unqueue": _("Take out"),
    "stage": _("Bring on stage"),
    "answer": _("Answered live"),
    "write": _("Answered in writing"),
    "skip": _("Skip"),
    "reopen": _("Publish again"),
    "edit": _("Edit"),
    "withdraw": _("Withdraw"),
    "resubmit": _("Ask again"),
}
OWN = frozenset({"withdraw", "resubmit", "revise"})  # the asker's own: no moderator undoes them


def allowed(state: str) -> list[str]:
    """The moderators' actions on a question of that state, in the order of the machine."""
    return [action for action, (sources, _to) in STEPS.items() if state in sources]


def gatherers(state: str) -> tuple[State, ...]:
    """The states of what a question of that state may be merged into: as far on or further, so that nobody loses it."""
    return GATHERING[GATHERING.index(State(state)) :] if state in GATHERING else ()


def step(
    question_id: uuid.UUID,
    action: str,
    by: Participant,
    *,
    expected: int | None = None,
    reason: str = "",
    into: Question | None = None,
) -> Question:
    """Take one step and push it; raises Refused. `expected` is the version that the person saw."""
    source, to = (STEPS | OWN_STEPS)[action]

    def change(question: Question) -> None:
        if question.state not in source:
            raise Refused(
                _("“%(step)s” is not possible: the question is “%(state)s”.")
                % {"step": LABELS[action], "state": question.get_state_display()}
            )
        if action == "merge":
            _merge(question, into)
        elif question.merged_into_id:
            _part(question)
        if to == S.ON_STAGE:
            _stage_is_free(question)
        if to == S.QUEUED:
            question.position = queue.place_for(question)
        question.state = to
        question.reason = reason if to == S.DISMISSED else ""
        question.answered_how = {"answer": "live", "write": "written"}.get(action, "")

    return carry_out(question_id, action, by, change, expected)


def edit(question_id: uuid.UUID, text: str, by: Participant, *, expected: int | None = None) -> Question:
    """Change the words, keeping the asker's; raises Refused for a question that is merged or withdrawn."""

    def change(question: Question) -> None:
        if question.state in (S.MERGED, S.WITHDRAWN):
            raise Refused(_("A merged or withdrawn question is not edited."))
        question.original = question.original or question.text
        question.text = text

    return carry_out(question_id, "edit", by, change, expected)


def undo(question_id: uuid.UUID, by: Participant, *, expected: int | None = None) -> Question:
    """Take back the newest step of a question that still stands and push it; raises Refused when there is none."""
    with transaction.atomic():
        question = _locked(question_id, expected)
        taken = question.changes.filter(undone_at=None).last()
        if taken is None or taken.action in OWN:
            raise Refused(_("There is no step to undo."))
        before = question.snapshot()
        if taken.before["state"] == S.ON_STAGE:
            _stage_is_free(question)
        if question.merged_into_id:
            _part(question)
        _restore(question, taken.before)
        taken.undone_by, taken.undone_at = by, timezone.now()
        taken.save(update_fields=["undone_by", "undone_at"])
        record(by, "undo", question, undone=taken.action)
        _save(question, before)
    return question


def next_question(session: Session, by: Participant, *, expected: str = "") -> Question | None:
    """The one button: what is on stage has been answered, the first of the queue goes on. None: the queue is empty.

    `expected` is the id of the question that the person saw on stage ("": nobody's). Raises Refused.
    """
    with transaction.atomic():
        Board.locked(session)
        current = Question.objects.filter(session=session, state=S.ON_STAGE).first()
        if str(current.pk if current else "") != expected:
            raise Refused(_("Somebody was faster: another question is on stage now."))
        first = queue.ordered(session).first()
        if current is None and first is None:
            raise Refused(_("The queue is empty: queue a question first."))
        if current:
            step(current.pk, "answer", by)
        return step(first.pk, "stage", by) if first else None


def carry_out(
    question_id: uuid.UUID, action: str, by: Participant, change: Callable[[Question], None], expected: int | None
) -> Question:
    """Run `change` on the locked question, write the audit trail and push what came of it."""
    with transaction.atomic():
        question = _locked(question_id, expected)
        before = question.snapshot()
        change(question)
        Change.objects.create(question=question, action=action, before=before, after=question.snapshot(), by=by)
        if action not in OWN:
            record(by, action, question, **({"into": str(question.root_id)} if action == "merge" else {}))
        _save(question, before)
    return question


def _locked(question_id: uuid.UUID, expected: int | None) -> Question:
    """The question as it is now, its whole session's board locked until the transaction ends."""
    Board.locked(Question.objects.select_related("session").get(pk=question_id).session)
    question = Question.objects.select_related("session__edition", "asker", "root").get(pk=question_id)
    if expected is not None and question.version != expected:
        raise Refused(
            _("Somebody was faster: the question has changed and is “%(state)s” now. Look again before you go on.")
            % {"state": question.get_state_display()}
        )
    return question


def _save(question: Question, before: dict[str, Any]) -> None:
    question.version += 1
    question.handled_by = question.handled_at = None
    question.save()
    events.changed(question, before["state"])
    after = question.snapshot()
    if before["merged_into"] != after["merged_into"]:
        for key in filter(None, (before["merged_into"], after["merged_into"])):
            target = Question.objects.select_related("root__session__edition", "root__asker", "root__root").get(pk=key)
            events.changed(target.root, target.root.state)


def _merge(question: Question, into: Question | None) -> None:
    """Let the question's tree count for another root."""
    if into is None or into.session_id != question.session_id:
        raise Refused(_("Choose the question that this one is merged into."))
    target = Question.objects.get(pk=into.root_id)
    if target.root_id == question.root_id:
        raise Refused(_("A question is not merged into itself."))
    if target.state not in GATHERING:
        raise Refused(_("A question that is done with gathers no others: choose another."))
    if target.state not in gatherers(question.state):
        raise Refused(
            _("“%(text)s” is only “%(state)s”: merge it into the one that is further on, not the other way round.")
            % {"text": target.text, "state": target.get_state_display()}
        )
    Question.objects.filter(root=question).update(root=target)
    question.merged_into = question.root = target


def _part(question: Question) -> None:
    """Let a merged question, and what had been merged into it before, stand for itself again."""
    tree, fresh = {question.pk}, {question.pk}
    while fresh:
        fresh = set(Question.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - tree
        tree |= fresh
    Question.objects.filter(pk__in=tree).update(root=question)
    question.merged_into, question.root = None, question


def _restore(question: Question, before: dict[str, Any]) -> None:
    if before["merged_into"]:
        _merge(question, Question.objects.filter(pk=before["merged_into"]).first())
    for name in ("state", "answered_how", "reason", "position", "text", "original"):
        setattr(question, name, before[name])


def _stage_is_free(question: Question) -> None:
    if Question.objects.filter(session=question.session_id, state=S.ON_STAGE).exclude(pk=question.pk).exists():
        raise Refused(_("Another question is on stage: finish that one first."))
