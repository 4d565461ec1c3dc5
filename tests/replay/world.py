"""A session that is over, with a recording that leaves a pause out, and things of each kind at known moments."""

import uuid
from datetime import timedelta

from chat.models import Message
from people.models import Participant
from polls.models import Option, Poll, Round
from questions.asking import Draft, ask
from questions.models import Change, Question, QuestionSettings
from questions.state import step
from sessions.models import Session, StatusChange
from streams.models import Recording
from tests import world

ADDRESS = "/static/demo/city.webm"
LENGTH = 30 * 60  # seconds that the session ran; it paused from 600 to 900


def recorded():
    """The world; "began" is when it went live."""
    made = world.build()
    session = Session.objects.get(pk=made["session"])
    began = (session.start - timedelta(hours=2)).replace(second=0, microsecond=0)
    began -= timedelta(minutes=began.minute % 5)  # on the coarse grid, so that tests know where that is
    session.start, session.end = began, began + timedelta(seconds=LENGTH)
    session.status = "on_demand"
    session.save()
    for action, seconds in {"go_live": 0, "pause": 600, "resume": 900, "end": LENGTH}.items():
        at = began + timedelta(seconds=seconds)
        StatusChange.objects.create(session=session, action=action, before={}, after={}, at=at)
    marks = [[began.timestamp(), 0], [began.timestamp() + 900, 600]]
    Recording.objects.create(session=session, address=ADDRESS, marks=marks)
    QuestionSettings.objects.create(session=session, intake="open")
    return made | {"began": began}


def who(place, role="attendee"):
    """The participant of a role."""
    return Participant.objects.get(pk=place["people"][role])


def message(place, seconds, text, role="attendee", **more):
    """A message that was written so many seconds after the beginning."""
    session = Session.objects.select_related("edition").get(pk=place["session"])
    pk = uuid.uuid4()
    Message.send(session, who(place, role), text, pk, **more)
    Message.objects.filter(pk=pk).update(sent_at=place["began"] + timedelta(seconds=seconds))
    return Message.objects.select_related("session__edition", "participant").get(pk=pk)


def question(place, seconds, text, steps=("approve",), role="attendee", **draft):
    """A question that was asked then, and went through steps at once."""
    session = Session.objects.select_related("edition").get(pk=place["session"])
    pk = uuid.uuid4()
    ask(session, who(place, role), Draft(text, **draft), pk)
    for action in steps:
        step(pk, action, who(place, "moderator"))
    at = place["began"] + timedelta(seconds=seconds)
    Question.objects.filter(pk=pk).update(asked_at=at)
    Change.objects.filter(question=pk).update(at=at)
    return Question.objects.get(pk=pk)


def poll(place, seconds, text, state="closed", closed=None, **fields):
    """A poll that was put then, with one answer "Yes", and closed a minute later."""
    made = Poll.objects.create(session_id=place["session"], question=text, state=state, **fields)
    Option.objects.create(poll=made, text=f"{text} yes")
    at = place["began"] + timedelta(seconds=seconds)
    ended = None if state == "open" else at + timedelta(seconds=60 if closed is None else closed)
    Round.objects.create(poll=made, number=1, opened_at=at, closed_at=ended)
    return made
