"""The kinds of events of conversations. Entries hold ids; data.py looks up what they show."""

from live import own
from live.audiences import NOBODY, only
from live.log import append, hide
from networking.models import Conversation, Line


def line(written: Line) -> None:
    """ "networking.line": one of the two wrote; it carries their client id."""
    room = written.conversation.room_key
    append(room, "networking.line", {"line": str(written.pk)}, participant_id=written.author_id, client_id=written.pk)
    mark(written.conversation)


def removed(written: Line) -> None:
    """ "networking.line" again: the line says that it was removed."""
    append(written.conversation.room_key, "networking.line", {"line": str(written.pk)})
    hide(written.conversation.room_key)


def head(changed: Conversation, participant: int) -> None:
    """ "networking.head": where it stands for one of the two; what one does about the other is told to oneself only."""
    data = {"conversation": str(changed.pk), "of": participant}
    append(changed.room_key, "networking.head", data, audience=only(participant))
    mark(changed, participant)


def mark(changed: Conversation, *people: int) -> None:
    """How much is new has changed: on all devices of these people (of both), wherever in the edition they are."""
    for participant in people or (changed.asker_id, changed.asked_id):
        own.changed(changed.edition.room_key, participant)


def emptied(gone: Conversation) -> None:
    """Empty the log of a conversation that is deleted."""
    append(gone.room_key, "live.rewritten", {}, audience=NOBODY)
