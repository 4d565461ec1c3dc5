"""What those who run the show see and say of the Q&A: waiting questions, and the private line to the speakers."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count
from django.utils.translation import ngettext

from common.contract import Fact, Line
from people.models import Participant
from questions import moderation
from questions.data import prompt_data
from questions.models import Prompt, Question, State
from sessions.models import Session


def waiting(session_ids: Collection[int]) -> dict[int, int]:
    """Session id -> how many questions wait for a moderator, for those with any."""
    found = Question.objects.filter(session__in=session_ids, state=State.PENDING).order_by()
    return dict(found.values_list("session").annotate(Count("pk")))


def _waiting_words(number: int) -> str:
    return ngettext("%(number)s question waits", "%(number)s questions wait", number) % {"number": number}


def _send(session: Session, by: Participant, text: str) -> None:
    moderation.prompt(session, by, text)


def _shown(session: Session) -> Mapping[str, Any] | None:
    line: Mapping[str, Any] | None = prompt_data(session)["prompt"]
    return line


def _acknowledge(session: Session, pk: int) -> None:
    line = Prompt.objects.select_related("session__edition").filter(pk=pk, session=session).first()
    if line:
        moderation.acknowledge(line, None)


FACTS = [Fact(waiting, _waiting_words, "message-circle-question-mark", "questions:board", alarming=True)]
LINE = Line(_send, _shown, _acknowledge)
