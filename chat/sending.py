"""What is asked of a message before it is stored, whichever way it came."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from chat.forms import MessageForm
from chat.models import Message
from people import limits
from people.permissions import can
from people.refusal import Invalid, Refused
from sessions.models import Session


def composed(participant: Any, session: Session, data: Mapping[str, Any]) -> Message:
    """The message in `data` ("text", "client_id"), which its author may send now. Raises Refused."""
    message = checked(participant, session, data)
    limits.count("chat.send", participant.pk)
    return message


def checked(participant: Any, session: Session, data: Mapping[str, Any]) -> Message:
    """The same before it counts for the author's limit."""
    if not can(participant, "chat.view", session):
        raise Refused(_("There is no such chat any more."), 404)
    if not participant.is_authenticated:
        raise Refused(_("Enter before you write; your draft is kept."), 403)
    if not can(participant, "chat.send", session):
        raise Refused(_("Only participants of this edition write in its chats."), 403)
    form = MessageForm(data)
    if not form.is_valid():
        raise Invalid(form)
    return Message.compose(session, participant, form.cleaned_data["text"], form.cleaned_data["client_id"])
