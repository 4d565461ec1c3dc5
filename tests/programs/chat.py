"""The conversation: messages, as they are written and as they are stored."""

import uuid
from typing import Any

from chat.models import Message, ReadMark
from people.models import Participant
from sessions.models import Edition, Session
from tests import world


def crowded(count: int) -> dict[str, Any]:
    """The test congress and `count` more attendees; their cookies are "crowd"."""
    made = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    crowd = [world.participant(f"v{n}-{made['slug']}", "attendee", session.edition, session) for n in range(count)]
    return made | {"crowd": [world.cookie(participant) for participant in crowd]}


def send(session: int, who: int, texts: list[str], client_id: str = "") -> None:
    """Messages of one participant, all with this id when there is one."""
    found, author = Session.objects.get(pk=session), Participant.objects.get(pk=who)
    for text in texts:
        Message.send(found, author, text, uuid.UUID(client_id) if client_id else uuid.uuid4())


def stored(session: int) -> list[tuple[int, str]]:
    """Number and text of each message, in their order."""
    return list(Message.objects.filter(session=session).order_by("seq").values_list("seq", "text"))


def named(session: int, who: int, whom: int) -> None:
    """A message that names somebody."""
    found, name = Session.objects.get(pk=session), Participant.objects.get(pk=whom).name
    Message.send(found, Participant.objects.get(pk=who), f"@{name} knows", uuid.uuid4(), mentions=[whom])


def read(session: int, who: int, upto: str) -> None:
    """Somebody has read up to the message with that text, on another device."""
    seq = Message.objects.get(session=session, text=upto).seq
    ReadMark.objects.create(session_id=session, participant_id=who, seq=seq)


def block(edition: int, terms: str) -> None:
    """Set the terms that messages may not contain."""
    Edition.objects.filter(pk=edition).update(blocked_terms=terms)


def remove(session: int, text: str, by: int) -> None:
    """A moderator removes the messages with that text."""
    for message in Message.objects.filter(session=session, text=text):
        message.remove(Participant.objects.get(pk=by))
