"""A moderator's inbox: the questions that wait in all sessions that a person moderates. Constant queries."""

import uuid
from collections import defaultdict
from typing import TypedDict

from common.prepared import Prepared
from people.models import Participant
from people.permissions import can
from questions.cards import CardData, cards
from questions.models import Question, QuestionSettings, State
from sessions.models import Session

MOST = 100  # questions at once, the oldest first


class Waiting(TypedDict):
    """A session with the questions that wait there."""

    session: Session
    items: list[CardData]


def waiting(user: Participant) -> list[Waiting]:
    """Sessions with waiting questions that the user moderates, in the order of the programme."""
    sessions = [session for session in _WITH_ANY.ask() if can(user, "questions.moderate", session)]
    keys = _OLDEST.ask([session.pk for session in sessions])
    found = cards(keys, QuestionSettings.of_all(session.pk for session in sessions))
    items: defaultdict[int, list[CardData]] = defaultdict(list)
    for card in (found[key] for key in keys if key in found):
        items[card["session"]].append(card)
    return [{"session": session, "items": items[session.pk]} for session in sessions if items[session.pk]]


_PENDING = Question.objects.filter(state=State.PENDING)
_WITH_ANY: Prepared[Session] = Prepared(
    lambda: Session.objects.filter(pk__in=_PENDING.order_by().values("session")).for_display()
)
_OLDEST: Prepared[uuid.UUID] = Prepared(
    lambda sessions: (
        _PENDING.filter(session__in=sessions).order_by("asked_at", "pk").values_list("pk", flat=True)[:MOST]
    )
)
