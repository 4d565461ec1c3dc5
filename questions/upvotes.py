"""Upvotes: cast, taken back and counted. The count is always SQL's: distinct participants of a merged tree."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from live.audiences import EVERYONE
from live.commit import in_bulk
from people.models import Participant
from people.refusal import Refused
from questions import events
from questions.models import PUBLIC, VOTABLE, Question, Upvote
from sessions.writes import stored_by_room


@dataclass(frozen=True)
class Wish:
    """That a participant's upvote of a question, which counts for its root, should stand or not."""

    question_id: uuid.UUID
    participant_id: int
    wanted: bool


def set_upvote(question_id: uuid.UUID, participant: Participant, wanted: bool) -> Question:
    """Cast or take back the participant's upvote of the question's root; a repeat changes nothing. Raises Refused."""
    return in_bulk("upvotes", Wish(question_id, participant.pk, wanted), _fulfil)


def set_upvotes(wishes: list[Wish]) -> list[Question | Exception]:
    """Many that have come together: what `set_upvote` gives back or raises. The last wish of a person stands."""
    return stored_by_room(wishes, lambda wish: "upvotes", _fulfil)


def _fulfil(wishes: list[Wish]) -> list[Question | Refused]:
    found = Question.objects.select_related("root__session").in_bulk({wish.question_id for wish in wishes})
    last: dict[tuple[uuid.UUID, int], bool] = {}
    outcomes: list[Question | Refused] = []
    for wish in wishes:
        root = found[wish.question_id].root if wish.question_id in found else None
        if root is None or root.state not in VOTABLE:
            outcomes.append(Refused(_("This question is no longer voted on.")))
            continue
        outcomes.append(root)
        last[root.pk, wish.participant_id] = wish.wanted
    last = dict(sorted(last.items()))  # two processes that write the same ones wait for, not on, each other
    made = [Upvote(question_id=root, participant_id=who) for (root, who), wanted in last.items() if wanted]
    Upvote.objects.bulk_create(made, ignore_conflicts=True)
    for (root_id, who), wanted in last.items():
        if not wanted:
            Upvote.objects.filter(question__root=root_id, participant=who).delete()
    for voted in {one.pk: one for one in outcomes if isinstance(one, Question)}.values():
        events.votes(voted)
    return outcomes


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
