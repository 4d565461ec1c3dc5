"""A moderator's inbox: the questions that wait in all sessions that a person moderates. Constant queries."""

from collections import defaultdict
from typing import TypedDict

from people.models import Participant
from people.permissions import can
from questions.data import CardData, card_data
from questions.models import Question, QuestionSettings, State
from questions.upvotes import counts
from sessions.models import Session

MOST = 100  # questions at once, the oldest first


class Waiting(TypedDict):
    """A session with the questions that wait there."""

    session: Session
    items: list[CardData]


def waiting(user: Participant) -> list[Waiting]:
    """Sessions with waiting questions that the user moderates, in the order of the programme."""
    pending = Question.objects.filter(state=State.PENDING)
    with_any = Session.objects.filter(pk__in=pending.order_by().values("session")).for_display()
    sessions = [session for session in with_any if can(user, "questions.moderate", session)]
    related = ("asker", "root", "similar_to", "handled_by", "merged_into")
    found = pending.filter(session__in=sessions).select_related(*related).order_by("asked_at", "pk")
    questions = list(found.prefetch_related("answers__author", "notes__author", "tree")[:MOST])
    votes = counts(questions)
    settings = {row.session_id: row for row in QuestionSettings.objects.filter(session__in=sessions)}
    items: defaultdict[int, list[CardData]] = defaultdict(list)
    for question in questions:
        chosen = settings.get(question.session_id) or QuestionSettings(session_id=question.session_id)
        items[question.session_id].append(card_data(question, votes[question.pk], chosen))
    return [{"session": session, "items": items[session.pk]} for session in sessions if items[session.pk]]
