"""A recorded session with a crowd's chat."""

import uuid
from datetime import timedelta

from django.urls import reverse

from chat.models import Message
from sessions.models import Session, StatusChange
from streams.demo import RECORDED
from streams.models import Recording

TALK = "Where we live the buses come every ten minutes, and still nobody waits for them"


def record(session: int, people: list[int], count: int) -> int:
    """Put so many messages into a session that is over, evenly along its recording: the recording's seconds."""
    found = Session.objects.get(pk=session)
    began = found.start - timedelta(days=1)
    ended = began + timedelta(seconds=RECORDED)
    Session.objects.filter(pk=session).update(status="on_demand", start=began, end=ended)
    for action, at in (("go_live", began), ("end", ended)):
        StatusChange.objects.create(session=found, action=action, before={}, after={}, at=at)
    marks = [[began.timestamp(), 0]]
    Recording.objects.create(session=found, address=reverse("streams:demo_recording"), marks=marks)
    Message.objects.bulk_create(
        Message(
            id=uuid.uuid4(),
            session=found,
            seq=number + 1,
            participant_id=people[number % len(people)],
            text=TALK,
            sent_at=began + timedelta(seconds=number * RECORDED / count),
        )
        for number in range(count)
    )
    return RECORDED
