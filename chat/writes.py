"""Small writes of the chat: messages, reactions, how far one has read. The same by socket and HTTP."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from chat import holding, pace
from chat.forms import MessageForm
from chat.models import Message, Reaction, ReadMark
from chat.models.own import EMOJI
from common.numbers import LARGEST_ID
from live.outcomes import Done, Outcome
from live.volatile import touch
from people.models import Participant
from people.permissions import can
from people.refusal import Invalid, Refused
from sessions.models import Session
from sessions.writes import SmallWrite, id_under, of_session, stored_by_room, uuid_under

FIELDS = ("text", "client_id", "reply_to", "mentions")
RELOAD = _("Reload the page and try again.")


def _message(author: Participant, session: Session, data: Mapping[str, Any]) -> Message:
    holding.ask_muted(author, session)
    form = MessageForm({name: data[name] for name in FIELDS if isinstance(data.get(name), str)})
    if not form.is_valid():
        raise Invalid(form)
    sent = form.cleaned_data
    text: str = sent["text"]
    message = Message.compose(session, author, text, sent["client_id"], reply_to=_answered(session, sent["reply_to"]))
    message.mentions = holding.mentioned(session, message.text, sent["mentions"])
    message.held = holding.why_held(author.pk, session, message.text, can(author, "chat.remove", session))
    return message


def _answered(session: Session, pk: uuid.UUID | None) -> Message | None:
    """The message that is answered; what is not shown there is not answered, but what was written is sent."""
    return Message.objects.shown().filter(pk=pk, session=session).first() if pk else None


# {"session": id, "text": text, "client_id": uuid, "reply_to": uuid or "", "mentions": "12,34" or ""}
MESSAGE = SmallWrite(
    action="chat.send",
    view="chat.view",
    gone=_("There is no such chat any more."),
    key=id_under("session"),
    find=holding.with_rules,
    rules=_message,
    store=pace.store_all,
)


@dataclass(frozen=True)
class Wish:
    """That a participant's reaction to a message stands or not."""

    message: Message
    participant_id: int
    emoji: str
    wanted: bool


def _messages(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Message]:
    return Message.objects.shown().select_related("session__edition").in_bulk(ids)


def _wish(author: Participant, message: Message, data: Mapping[str, Any]) -> Wish:
    if data.get("emoji") not in EMOJI or not isinstance(data.get("on"), bool):
        raise Refused(RELOAD, 422)
    return Wish(message, author.pk, data["emoji"], data["on"])


def _react(wishes: list[Wish]) -> list[Outcome[Wish]]:
    """The last wish of a person stands; a repeat changes nothing."""
    last = {(wish.message.pk, wish.participant_id, wish.emoji): wish for wish in wishes}
    ordered = [last[key] for key in sorted(last)]  # two processes wait for, not on, each other
    made = [
        Reaction(message_id=wish.message.pk, participant_id=wish.participant_id, emoji=wish.emoji)
        for wish in ordered
        if wish.wanted
    ]
    Reaction.objects.bulk_create(made, ignore_conflicts=True)
    for wish in ordered:
        if not wish.wanted:
            own = Reaction.objects.filter(message=wish.message, participant=wish.participant_id, emoji=wish.emoji)
            own.delete()
        touch(wish.message.session.room_key, "chat.reactions", str(wish.message.pk))
    return [Done(wish) for wish in wishes]


# {"message": uuid, "emoji": one of EMOJI, "on": bool}
REACTION = SmallWrite(
    action="chat.react",
    view="chat.view",
    gone=_("This message is not shown any more."),
    key=uuid_under("message"),
    find=_messages,
    rules=_wish,
    store=partial(stored_by_room, room_of=lambda wish: "chat.reactions", work=_react),
    own=of_session,
)


def _sessions(ids: Collection[int]) -> dict[int, Session]:
    return Session.objects.select_related("edition").in_bulk(ids)


def _mark(reader: Participant, session: Session, data: Mapping[str, Any]) -> ReadMark:
    seq = data.get("seq")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq <= LARGEST_ID:
        raise Refused(RELOAD, 422)
    return ReadMark(session=session, participant=reader, seq=seq)


def _read(marks: list[ReadMark]) -> list[Outcome[ReadMark]]:
    """Nobody has read less than before."""
    furthest: dict[tuple[int, int], ReadMark] = {}
    for mark in sorted(marks, key=lambda mark: mark.seq):
        furthest[mark.participant_id, mark.session_id] = mark
    ordered = [furthest[key] for key in sorted(furthest)]
    known = ReadMark.objects.filter(
        participant__in={mark.participant_id for mark in ordered}, session__in={mark.session_id for mark in ordered}
    )
    before = {(row.participant_id, row.session_id): row.seq for row in known}
    for mark in ordered:
        mark.seq = max(mark.seq, before.get((mark.participant_id, mark.session_id), 0))
    ReadMark.objects.bulk_create(
        ordered, update_conflicts=True, unique_fields=["participant", "session"], update_fields=["seq"]
    )
    return [Done(mark) for mark in marks]


# {"session": id, "seq": number}
READ = SmallWrite(
    action="chat.read",
    view="chat.view",
    gone=MESSAGE.gone,
    key=id_under("session"),
    find=_sessions,
    rules=_mark,
    store=partial(stored_by_room, room_of=lambda mark: "chat.read", work=_read),
    own=of_session,
)
