"""What is said in a room, and what those in it are told."""

import uuid

from chat.models import Message
from live.log import between
from live.models import Event, Room
from live.render import event_frame
from questions import asking
from questions.asking import Draft
from questions.models import QuestionSettings


def say(place, text, who="attendee", **more):
    pk = uuid.uuid4()
    Message.send(place["at"], place["all"][who], text, pk, **more)
    return Message.objects.get(pk=pk)


def ask(place, text, moderated=False):
    QuestionSettings.objects.update_or_create(session=place["at"], defaults={"intake": "open", "moderated": moderated})
    return asking.ask(place["at"], place["all"]["attendee"], Draft(text, True, "en"), uuid.uuid4())


def told(place):
    return list(Event.objects.filter(room__key=place["key"], kind="translation.text").order_by("seq"))


def frames(place, language, role="attendee"):
    """What the whole log shows in a language."""
    events = between(place["key"], 0, Room.objects.get(key=place["key"]).head)
    shown = "".join(
        event_frame(place["key"], event, role, language).decode(errors="replace")
        for event in events
        if event.audience == "everyone" or (role == "staff" and event.audience == "staff")
    )
    return shown.replace('\\"', '"')
