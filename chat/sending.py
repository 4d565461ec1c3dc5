"""What is asked of a message before it is stored, whichever way it came."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from chat.forms import MessageForm
from chat.models import Message
from people.limits import retry_after
from people.permissions import can
from people.refusal import Refused, wrong
from sessions.models import Session


class NotSent(Exception):
    """The message is refused: a status as in HTTP, and words for its author."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def composed(participant: Any, session: Session, data: Mapping[str, Any]) -> Message:
    """The message in `data` ("text", "client_id"), which its author may send now. Raises NotSent."""
    if not can(participant, "chat.view", session):
        raise NotSent(404, _("There is no such chat any more."))
    if not participant.is_authenticated:
        raise NotSent(403, _("Enter before you write; your draft is kept."))
    if not can(participant, "chat.send", session):
        raise NotSent(403, _("Only participants of this edition write in its chats."))
    form = MessageForm(data)
    if not form.is_valid():
        raise NotSent(422, wrong(form))
    if wait := retry_after("chat.send", participant.pk):
        raise NotSent(429, _("You write very fast. Send it again in %(seconds)s seconds.") % {"seconds": wait})
    try:
        return Message.compose(session, participant, form.cleaned_data["text"], form.cleaned_data["client_id"])
    except Refused as refusal:
        raise NotSent(409, str(refusal)) from refusal
