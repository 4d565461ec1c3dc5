"""What the chat's addresses in the permission matrix need."""

import uuid

from chat import moderating
from chat.models import Message
from people.models import Participant


def fill(session, made):
    """Messages of the attendee: one as it is, one just removed, one held, one reported; one of each role; a mute."""
    people = Participant.objects.in_bulk(made["people"].values())
    author, moderator = people[made["people"]["attendee"]], people[made["people"]["moderator"]]
    names = ("message", "removed_message", "held_message", "reported_message")
    made_messages = {name: _sent(session, author, held="links" if name == "held_message" else "") for name in names}
    made_messages["removed_message"].remove(moderator)
    moderating.report(made_messages["reported_message"], people[made["people"]["speaker"]], "Rude")
    own = {role: _sent(session, people[pk]).pk for role, pk in made["people"].items()}
    own["anonymous"] = own["attendee"]
    mute = moderating.mute(made_messages["message"], moderator, "session:0", 5, "Elsewhere")  # hinders nobody here
    return {name: message.pk for name, message in made_messages.items()} | {"own_messages": own, "mute": mute.pk}


def _sent(session, author, **more):
    pk = uuid.uuid4()
    Message.send(session, author, "Hello", pk, **more)
    return Message.objects.select_related("session__edition", "participant").get(pk=pk)
