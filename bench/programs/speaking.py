"""What is said in a room while many listen in several languages."""

import time
import uuid
from typing import Any

from chat.models import Message
from people.models import Participant
from questions import asking
from questions.asking import Draft
from questions.models import QuestionSettings
from sessions.models import Session
from translation.models import TranslationSettings

EVERY = 5  # of what is said, one is a question


def prepare(session: int) -> None:
    """Questions are taken and shown at once, and texts may leave the server; the session says nothing of itself."""
    Session.objects.filter(pk=session).update(title="22@", abstract="")
    at = Session.objects.get(pk=session)
    QuestionSettings.objects.update_or_create(session=at, defaults={"intake": "open", "moderated": False})
    TranslationSettings.objects.update_or_create(edition=at.edition, defaults={"may_leave": True})


def speak(session: int, people: list[int], count: int, rate: float) -> dict[str, Any]:
    """Messages and questions in English, each another one, so many a second."""
    at = Session.objects.select_related("edition").get(pk=session)
    speakers = list(Participant.objects.filter(pk__in=people))
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        who = speakers[number % len(speakers)]
        text = f"How do we pay for the trams of the city, number {number}"
        if number % EVERY:
            Message.send(at, who, text, uuid.uuid4())
        else:
            asking.ask(at, who, Draft(text, False, "en"), uuid.uuid4())
    return {"took": time.monotonic() - began}
