"""The Q&A: questions as tests need them."""

import uuid
from typing import Any

from people.models import Participant
from questions import asking
from questions.models import Change, Question, QuestionSettings, Upvote
from questions.state import step
from sessions.models import Session
from tests import world


def taking() -> dict[str, Any]:
    """The test congress, whose session takes questions."""
    made = world.build()
    QuestionSettings.objects.create(session_id=made["session"], intake="open")
    return made


def crowded() -> dict[str, Any]:
    """The same with forty more attendees ("crowd": cookies) and three of their questions, the last one pending."""
    made = taking()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    names = [f"crowd{n}-{uuid.uuid4().hex}" for n in range(40)]
    people = [world.participant(name, "attendee", session.edition, session) for name in names]
    asked = [_ask(session, people[n], f"Question {n}") for n in range(3)]
    for pk in asked[:2]:
        step(pk, "approve", Participant.objects.get(pk=made["people"]["moderator"]))
    return made | {"crowd": [world.cookie(who) for who in people], "asked": [str(pk) for pk in asked]}


def in_many_scripts() -> dict[str, Any]:
    """The same with questions in several scripts, all pending."""
    made = taking()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    for text in ("Does NÚRIA pay?", "Does パリ pay?", "Who else?"):
        _ask(session, Participant.objects.get(pk=made["people"]["attendee"]), text)
    return made


LONG = ("Which streets does the city close to cars first, and who decides that with the people who live there? " * 3)[
    :300
]
ARABIC = ("كيف ستحافظ المدينة على برودة شوارعها في الصيف عندما تختفي الأشجار القديمة؟ " * 5)[:300].strip()
CHINESE = ("老树被砍之后，这座城市夏天如何让街道保持凉爽？" * 14)[:300]


def many_rows(count: int = 30) -> dict[str, Any]:
    """The same with so many pending questions (long ones, Arabic, Chinese), ten published, six queued, one on stage."""
    made = taking()
    Session.objects.filter(pk=made["session"]).update(languages=["en", "ar", "zh"])
    session = Session.objects.select_related("edition").get(pk=made["session"])
    asker, moderator = (Participant.objects.get(pk=made["people"][role]) for role in ("attendee", "moderator"))
    for number in range(17):
        pk = _ask(session, asker, f"How far is part {number} of the plan for the river, and what does it cost?")
        for action in ["approve", "queue", "stage"][: 1 + (number < 7) + (number == 0)]:
            step(pk, action, moderator)
    words = [LONG, ARABIC, CHINESE, "Who pays?"]
    asked = [asking.Draft(f"{n} {words[n % 4]}"[:300], language=["en", "ar", "zh", ""][n % 4]) for n in range(count)]
    pending = [str(asking.ask(session, asker, draft, uuid.uuid4()).pk) for draft in asked]
    return made | {"pending": pending}


def ask(session: int, asker: int, text: str) -> str:
    """A question that waits for a moderator: its id."""
    found = Session.objects.select_related("edition").get(pk=session)
    return str(_ask(found, Participant.objects.get(pk=asker), text))


def _ask(session: Session, asker: Participant, text: str) -> uuid.UUID:
    return asking.ask(session, asker, asking.Draft(text), uuid.uuid4()).pk


def publish(session: int, asker: int, text: str) -> str:
    """A question that others may upvote: its id."""
    key = ask(session, asker, text)
    step(uuid.UUID(key), "approve", Participant.objects.get(pk=asker))
    return key


def publish_many(session: int, by: int, count: int) -> None:
    """So many published questions, one after the other, in a session that takes them."""
    QuestionSettings.objects.get_or_create(session_id=session, defaults={"intake": "open"})
    for number in range(count):
        publish(session, by, f"Published {number}")


def bring_on_stage(key: str, by: int) -> None:
    """A question comes on stage; what was there is answered."""
    Question.objects.filter(state="on_stage").update(state="answered")
    for action in ("queue", "stage"):
        step(uuid.UUID(key), action, Participant.objects.get(pk=by))


def dismiss_silently(key: str) -> None:
    """Nobody is told of it."""
    Question.objects.filter(pk=key).update(state="dismissed")


def set_intake(intake: str) -> None:
    """Open or close every Q&A, without telling anybody."""
    QuestionSettings.objects.update(intake=intake)


def upvotes() -> int:
    """How many there are."""
    return Upvote.objects.count()


def changes(question: str) -> int:
    """How many steps a question has taken."""
    return Change.objects.filter(question=uuid.UUID(question)).count()
