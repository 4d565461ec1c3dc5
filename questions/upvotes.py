"""Upvotes: cast, taken back and counted. The count is always SQL's: distinct participants of a merged tree."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from common.prepared import Prepared
from live.audiences import EVERYONE
from live.commit import in_bulk
from live.outcomes import Done, Failed, Outcome
from people.models import Participant
from people.refusal import Refused
from questions import events
from questions.models import PUBLIC, VOTABLE, Question, Upvote
from sessions.writes import stored_by_room

_QUESTIONS = Prepared(lambda ids: Question.objects.select_related("root__session").filter(pk__in=ids))


@dataclass(frozen=True)
class Wish:
    """That a participant's upvote of a question, which counts for its root, should stand or not."""

    question_id: uuid.UUID
    participant_id: int
    wanted: bool


def set_upvote(question_id: uuid.UUID, participant: Participant, wanted: bool) -> Question:
    """Cast or take back the participant's upvote of the question's root; a repeat changes nothing. Raises Refused."""
    return in_bulk("upvotes", Wish(question_id, participant.pk, wanted), _fulfil)


def set_upvotes(wishes: list[Wish]) -> list[Outcome[Question]]:
    """Many that have come together: what came of each. The last wish of a person stands."""
    return stored_by_room(wishes, lambda wish: "upvotes", _fulfil)


def _fulfil(wishes: list[Wish]) -> list[Outcome[Question]]:
    questions = {question.pk: question for question in _QUESTIONS.ask({wish.question_id for wish in wishes})}
    last: dict[tuple[uuid.UUID, int], bool] = {}
    outcomes: list[Outcome[Question]] = []
    for wish in wishes:
        root = questions[wish.question_id].root if wish.question_id in questions else None
        if root is None or root.state not in VOTABLE:
            outcomes.append(Failed(Refused(_("This question is no longer voted on."))))
            continue
        outcomes.append(Done(root))
        last[root.pk, wish.participant_id] = wish.wanted
    last = dict(sorted(last.items()))  # two processes that write the same ones wait for, not on, each other
    made = [Upvote(question_id=root_id, participant_id=voter) for (root_id, voter), wanted in last.items() if wanted]
    Upvote.objects.bulk_create(made, ignore_conflicts=True)
    for (root_id, voter), wanted in last.items():
        if not wanted:
            Upvote.objects.filter(question__root=root_id, participant=voter).delete()
    for root in {outcome.value.pk: outcome.value for outcome in outcomes if isinstance(outcome, Done)}.values():
        events.votes(root)
    return outcomes


def counts(questions: Iterable[Question | uuid.UUID]) -> dict[uuid.UUID, int]:
    """Question id -> participants who upvoted it or what was merged into it; 0 for one that is merged itself."""
    keys = [question.pk if isinstance(question, Question) else question for question in questions]
    return dict.fromkeys(keys, 0) | dict(_COUNTS.ask(keys))


def _counted(keys: list[uuid.UUID]) -> QuerySet[Upvote, tuple[uuid.UUID, int]]:
    rows = Upvote.objects.filter(question__root__in=keys).values_list("question__root")
    return rows.annotate(total=Count("participant", distinct=True))


_COUNTS = Prepared(_counted)


def upvoted_by(participant_id: int | None, questions: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of the questions with these ids the participant upvotes."""
    return set(_UPVOTED.ask(participant_id, list(questions))) if participant_id else set()


_UPVOTED: Prepared[uuid.UUID] = Prepared(
    lambda participant, keys: Upvote.objects.filter(participant=participant, question__root__in=keys).values_list(
        "question__root", flat=True
    )
)


def votes_of_each() -> Coalesce:
    """The upvotes of each question of a query: what `counts` says."""
    # Counted for one question after the other, by indexes: joining them all takes twice as long.
    own = Upvote.objects.filter(question__root=OuterRef("pk")).order_by().values("question__root")
    return Coalesce(Subquery(own.annotate(count=Count("participant", distinct=True)).values("count")), 0)


def with_votes(questions: "QuerySet[Question]") -> Any:
    """The questions, each with its `votes`."""
    return questions.annotate(votes=votes_of_each())


def by_votes(questions: "QuerySet[Question]") -> "QuerySet[Question]":
    """The questions with the most upvotes first, the older of equals first."""
    return with_votes(questions).order_by("-votes", "asked_at", "pk")  # type: ignore[no-any-return]


def volatile_votes(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "questions.votes" of these questions, by audience."""
    keys = [uuid.UUID(key) for key in ids]
    public = set(Question.objects.filter(pk__in=keys, state__in=PUBLIC).values_list("pk", flat=True))
    return {EVERYONE: {"votes": {str(key): votes for key, votes in counts(keys).items() if key in public}}}
