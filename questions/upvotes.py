"""Upvotes: cast, taken back and counted. The count is always SQL's: distinct participants of a merged tree."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from live.commit import together
from live.models import EVERYONE
from people.models import Participant
from people.refusal import Refused
from questions import events
from questions.models import PUBLIC, VOTABLE, Question, Upvote


def set_upvote(question_id: uuid.UUID, participant: Participant, wanted: bool) -> Question:
    """Cast or take back the participant's upvote of the question's root; a repeat changes nothing. Raises Refused."""

    def operation() -> Question:
        question = Question.objects.select_related("root__session").get(pk=question_id).root
        if question.state not in VOTABLE:
            raise Refused(_("This question is no longer voted on."))
        if wanted:
            made = Upvote(question=question, participant=participant)
            Upvote.objects.bulk_create([made], ignore_conflicts=True)
        else:
            Upvote.objects.filter(question__root=question, participant=participant).delete()
        events.votes(question)
        return question

    return together("upvotes", operation)


def counts(questions: Iterable[Question | uuid.UUID]) -> dict[uuid.UUID, int]:
    """Root question id -> participants who upvoted it or what was merged into it."""
    keys = [one.pk if isinstance(one, Question) else one for one in questions]
    rows = Upvote.objects.filter(question__root__in=keys).values_list("question__root")
    return dict(rows.annotate(total=Count("participant", distinct=True)))


def upvoted_by(participant_id: int | None, questions: Iterable[Question]) -> set[uuid.UUID]:
    """Which of the questions the participant upvotes."""
    if participant_id is None:
        return set()
    rows = Upvote.objects.filter(participant=participant_id, question__root__in=[one.pk for one in questions])
    return set(rows.values_list("question__root", flat=True))


def by_votes(found: "QuerySet[Question]") -> "QuerySet[Question]":
    """The questions with the most upvotes first, the older of equals first."""
    return found.annotate(votes=Count("tree__upvotes__participant", distinct=True)).order_by("-votes", "asked_at", "pk")


def shown(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "questions.votes" of these questions, by audience."""
    keys = [uuid.UUID(one) for one in ids]
    found = dict.fromkeys(keys, 0) | counts(keys)
    public = set(Question.objects.filter(pk__in=keys, state__in=PUBLIC).values_list("pk", flat=True))
    return {EVERYONE: {"votes": {str(key): votes for key, votes in found.items() if key in public}}}
