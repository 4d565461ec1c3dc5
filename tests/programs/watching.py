"""A session that is watched: live, with a stream, thirty questions, one of them on stage, and an open poll."""

import uuid
from typing import Any

from chat.models import Message
from people.models import Participant
from polls import state as polls
from polls.prepare import Choice, save
from questions.models import QuestionSettings
from sessions import status
from sessions.models import Edition, Session
from tests import world
from tests.programs.questions import bring_on_stage, publish

TITLES = {
    "long": ("How a city of four million people explains each of its algorithms " * 6)[:300],
    "arabic": "كيف تشرح المدينة خوارزمياتها لسكانها، ومن يملك البيانات بعد انتهاء التجربة؟",
    "chinese": "一座城市如何向居民解释它的算法，试点结束之后数据归谁所有，市民能否要求删除",
}
ABSTRACT = "<p>A public register, read by the public.</p>" + "<p>What it costs to keep.</p>" * 8


def watched(title: str = "Streets for people") -> dict[str, Any]:
    """It, with "poll": the open poll's id, and "stage": the id of the question on stage."""
    made = world.build()
    Session.objects.filter(pk=made["session"]).update(
        title=title, abstract=ABSTRACT, stream="/static/demo/city.webm", status="live", languages=["en", "ca"]
    )
    Edition.objects.filter(pk=made["edition"]).update(help="<p>Ask us.</p>", conduct="<p>Be kind.</p>")
    session = Session.objects.select_related("edition").get(pk=made["session"])
    QuestionSettings.objects.create(session=session, intake="open")
    asker = made["people"]["attendee"]
    keys = [publish(session.pk, asker, f"Question {number}: {title}"[:300]) for number in range(30)]
    bring_on_stage(keys[0], made["people"]["moderator"])
    for number in range(30):
        Message.send(session, Participant.objects.get(pk=asker), f"Message {number}", uuid.uuid4())
    return made | {"poll": open_poll(session.pk, "Trams or bicycles?"), "stage": keys[0], "question": keys[1]}


def open_poll(session: int, question: str) -> int:
    """A single choice that is open: its id."""
    found = Session.objects.select_related("edition").get(pk=session)
    fields = {"type": "single", "question": question, "results": "live"}
    poll = save(found, fields, [Choice("Trams", False), Choice("Bicycles", False)])
    polls.open_now(poll.pk)
    return poll.pk


def close_poll(poll: int) -> None:
    """It ends."""
    polls.step(poll, "close")


def set_status(session: int, status: str) -> None:
    """Without telling anybody."""
    Session.objects.filter(pk=session).update(status=status)


def set_abstract(session: int, abstract: str) -> None:
    """Without telling anybody."""
    Session.objects.filter(pk=session).update(abstract=abstract)


def end(session: int) -> None:
    """It ends, and all are told."""
    organiser = Participant.objects.filter(name="Organiser").last()
    assert organiser
    status.step(session, "end", organiser)
