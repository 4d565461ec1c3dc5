"""What of a chat comes back with the session's recording: what everybody may read of it today."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMinute
from django.utils.translation import gettext_lazy as _

from chat.data import messages_data
from chat.models import Message
from chat.models.message import MessageQuerySet
from common.contract import Happened, Replayed
from people.bans import banned_from
from sessions.models import Session


def _messages(session: Session, begin: datetime | None = None, end: datetime | None = None) -> MessageQuerySet:
    """Those that everybody may read, of nobody who is banned now."""
    messages = Message.objects.shown().filter(session=session).exclude(participant__in=banned_from(session))
    if begin is not None:
        messages = messages.filter(sent_at__gte=begin)
    return messages if end is None else messages.filter(sent_at__lt=end)


def between(session: Session, begin: datetime, end: datetime | None, most: int) -> Sequence[Happened]:
    """The first messages of a time."""
    found = list(_messages(session, begin, end).for_display().order_by("sent_at", "seq")[:most])
    quoted = {message.reply_to_id for message in found if message.reply_to_id}
    quotable = set(_messages(session).filter(pk__in=quoted).values_list("pk", flat=True)) if quoted else set()
    return [
        Happened(message.sent_at, f"message-{message.pk}", "chat/_replayed.html", _shown(data, message, quotable))
        for message, data in zip(found, messages_data(found), strict=True)
    ]


def _shown(data: Mapping[str, Any], message: Message, quotable: set[Any]) -> dict[str, Any]:
    """What the template shows; an answer quotes only what is read today."""
    return {**data, "quote": data["quote"] if message.reply_to_id in quotable else None}


def total(session: Session, begin: datetime, end: datetime | None) -> int:
    """How many messages of a time come back."""
    return _messages(session, begin, end).count()


def activity(session: Session) -> dict[datetime, int]:
    """Full minute -> messages."""
    minutes = _messages(session).order_by().annotate(minute=TruncMinute("sent_at")).values_list("minute")
    return dict(minutes.annotate(Count("pk")))


REPLAYED = {"chat.message": Replayed(_("Chat"), between, total, activity=activity)}
