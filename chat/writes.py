"""Messages as they are written: their rules and their storing, by socket and HTTP."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from chat.forms import MessageForm
from chat.models import Message
from people.models import Participant
from people.refusal import Invalid
from sessions.models import Session
from sessions.writes import SmallWrite, id_under

FIELDS = ("text", "client_id")


def _sessions(ids: Collection[int]) -> dict[int, Session]:
    return Session.objects.select_related("edition").in_bulk(ids)


def _message(author: Participant, session: Session, data: Mapping[str, Any]) -> Message:
    form = MessageForm({name: data[name] for name in FIELDS if isinstance(data.get(name), str)})
    if not form.is_valid():
        raise Invalid(form)
    return Message.compose(session, author, form.cleaned_data["text"], form.cleaned_data["client_id"])


# {"session": id, "text": text, "client_id": uuid}
MESSAGE = SmallWrite(
    action="chat.send",
    view="chat.view",
    gone=_("There is no such chat any more."),
    key=id_under("session"),
    find=_sessions,
    rules=_message,
    store=Message.store_all,
)
