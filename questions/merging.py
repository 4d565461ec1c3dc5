"""Merging: which question the upvotes of a question count for."""

from django.utils.translation import gettext_lazy as _

from people.refusal import Refused
from questions.models import Question, State

# What others may be merged into, the furthest on last.
GATHERING = (State.PENDING, State.APPROVED, State.QUEUED, State.ON_STAGE)


def gatherers(state: str) -> tuple[State, ...]:
    """The states of what a question of that state may be merged into: as far on or further, so that nobody loses it."""
    return GATHERING[GATHERING.index(State(state)) :] if state in GATHERING else ()


def merge(question: Question, into: Question | None) -> None:
    """Let the question's tree count for the root of `into`; raises Refused. The caller saves the question."""
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


def split(question: Question) -> None:
    """Let a merged question, and what had been merged into it before, stand for itself again. The caller saves it."""
    tree, added = {question.pk}, {question.pk}
    while added:
        added = set(Question.objects.filter(merged_into__in=added).values_list("pk", flat=True)) - tree
        tree |= added
    Question.objects.filter(pk__in=tree).update(root=question)
    question.merged_into, question.root = None, question
