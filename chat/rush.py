"""The rush: messages that arrive over the sockets of a process, in batches."""

from collections import defaultdict
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from chat.models import Message
from chat.sending import checked
from common.numbers import id_in
from live.upstream import Reply, Said
from people.permissions import participants
from people.refusal import Refused
from people.upstream import reply, within_limit
from sessions.models import Session

FIELDS = ("text", "client_id")


def received(said: list[Said]) -> list[Reply]:
    """Send the messages {"session": id, "text": text, "client_id": uuid}; each has its own outcome (see Reply)."""
    people = participants({one.participant_id for one in said})
    sessions = Session.objects.select_related("edition", "stage").in_bulk({id_in(one.data, "session") for one in said})
    outcomes: list[Message | Reply] = []
    for one in said:
        with translation.override(one.language):
            outcomes.append(_checked(one, people.get(one.participant_id), sessions.get(id_in(one.data, "session"))))
    outcomes = within_limit("chat.send", said, outcomes)
    replies = _stored([outcome for outcome in outcomes if isinstance(outcome, Message)])
    return [outcome if isinstance(outcome, Reply) else replies[id(outcome)] for outcome in outcomes]


def _checked(one: Said, participant: Any, session: Session | None) -> Message | Reply:
    try:
        if session is None or participant is None:
            raise Refused(_("There is no such chat any more."), 404)
        return checked(
            participant, session, {name: one.data[name] for name in FIELDS if type(one.data.get(name)) is str}
        )
    except Refused as no:
        return reply(no)


def _stored(messages: list[Message]) -> dict[int, Reply]:
    """What came of composed messages, by id() of the message."""
    by_session: dict[int, list[Message]] = defaultdict(list)
    for message in messages:
        by_session[message.session_id].append(message)
    replies = {}
    for found in by_session.values():
        for message, error in zip(found, Message.store_all(found), strict=True):
            replies[id(message)] = reply(error)
    return replies
