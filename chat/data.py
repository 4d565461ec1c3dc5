"""What the chat's templates show, as plain data, the same on pages and in events."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from django.db.models import Count, Q, QuerySet

from chat.models import Message, Reaction
from chat.models.message import UNDO_WITHIN, MessageQuerySet
from common.prepared import Prepared
from common.registry import Translations, registry
from people.models import Participant
from sessions.models import Session

QUOTED = 120  # characters of the message that one answers


class Quote(TypedDict):
    """The message that one answers; no name and text when it is removed."""

    id: str
    name: str
    text: str


class MessageData(TypedDict):
    """A message as people see it; without words once it is removed."""

    id: str
    session: int
    seq: int
    participant: int
    name: str
    place: str
    mark: str  # the verified organisation that they speak for
    text: str
    translations: Mapping[str, str] | None  # language -> by a machine; None: no machine translates
    sent_at: str
    edited: bool
    version: int
    quote: Quote | None
    mentions: list[dict[str, Any]]
    reactions: list[tuple[str, int]]
    held: str
    removed: bool
    withdrawn: bool
    reason: str
    undo_until: str


def messages_data(messages: Sequence[Message], are_new: bool = False) -> list[MessageData]:
    """Messages that were read `for_display`, or are new: just stored, with the author and without reactions.

    Three more queries, however many.
    """
    reactions = {} if are_new else reaction_counts(message.pk for message in messages)
    named = {pk for message in messages for pk in message.mentions}
    names = dict(Participant.objects.filter(pk__in=named).values_list("pk", "name")) if named else {}
    shown = [_message_data(message, reactions.get(message.pk, []), names) for message in messages]
    readable = [
        (each, data) for each, data in zip(messages, shown, strict=True) if not each.removed_at and not each.held
    ]

    def put(found: Translations) -> None:
        for message, data in readable:
            data["translations"] = found[message.text]

    registry.translate({message.text for message, _data in readable}, put)
    return shown


def _message_data(message: Message, reactions: list[tuple[str, int]], names: Mapping[int, str]) -> MessageData:
    author, removed = message.participant, message.removed_at
    return {
        "id": str(message.pk),
        "session": message.session_id,
        "seq": message.seq,
        "participant": author.pk,
        "name": author.name,
        "place": author.place,
        "mark": registry.mark(author.pk),
        "text": "" if removed else message.text,
        "translations": None,
        "sent_at": message.sent_at.isoformat(),
        "edited": message.edited_at is not None,
        "version": message.version,
        "quote": None if removed else _quote(message.reply_to),
        "mentions": [] if removed else [{"id": pk, "name": names[pk]} for pk in message.mentions if pk in names],
        "reactions": [] if removed else reactions,
        "held": message.held,
        "removed": bool(removed),
        "withdrawn": bool(removed) and message.removed_by_id == author.pk,
        "reason": message.reason,
        "undo_until": (removed + UNDO_WITHIN).isoformat() if removed else "",
    }


def _quote(message: Message | None) -> Quote | None:
    if message is None:
        return None
    gone = message.removed_at or message.held
    name, text = ("", "") if gone else (message.participant.name, message.text)
    return {"id": str(message.pk), "name": name, "text": text[:QUOTED] + ("…" if len(text) > QUOTED else "")}


def reaction_counts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, list[tuple[str, int]]]:
    """Message id -> (emoji, how many) of each that anybody has chosen."""
    counts: defaultdict[uuid.UUID, list[tuple[str, int]]] = defaultdict(list)
    for message, emoji, count in _REACTIONS.ask(list(ids)):
        counts[message].append((emoji, count))
    return counts


def _reactions(ids: list[uuid.UUID]) -> QuerySet[Reaction, tuple[uuid.UUID, str, int]]:
    rows = Reaction.objects.filter(message__in=ids).values_list("message", "emoji")
    return rows.annotate(count=Count("pk")).order_by("emoji")


_REACTIONS = Prepared(_reactions)


def mode_data(session: Session) -> dict[str, Any]:
    """How a session's chat is held now: seconds of slow mode, and the pinned message."""
    settings = getattr(session, "chat_settings", None)
    pinned = settings and settings.pinned
    shown = pinned if pinned and not pinned.removed_at and not pinned.held else None
    return {
        "session": session.pk,
        "pause": settings.pause if settings else 0,
        "by_itself": bool(settings and settings.pause > settings.slow),
        "pinned": {"id": str(shown.pk), "name": shown.participant.name, "text": shown.text} if shown else None,
    }


def with_mode(sessions: Iterable[int]) -> dict[int, Session]:
    """Sessions by id, with what `mode_data` reads."""
    return Session.objects.select_related("chat_settings__pinned__participant").in_bulk(sessions)


def case_data(message: Message) -> dict[str, Any]:
    """A message that moderators look at: why, and what was reported of it. Read with its `reports`."""
    reports = [report for report in message.reports.all() if report.settled_at is None]
    return {
        "id": str(message.pk),
        "session": message.session_id,
        "participant": message.participant_id,
        "name": message.participant.name,
        "text": message.text,
        "sent_at": message.sent_at.isoformat(),
        "held": message.get_held_display() if message.held and not message.removed_at else "",
        "reports": [{"reason": report.reason, "text": report.text} for report in reports],
        "removed": bool(message.removed_at),
        "undo_until": (message.removed_at + UNDO_WITHIN).isoformat() if message.removed_at else "",
        "open": bool(reports) or bool(message.held and not message.removed_at),
    }


def open_cases(session_id: int) -> QuerySet[Message]:
    """Messages that wait for a moderator's decision: held or reported ones, the oldest first."""
    return _cases(session_id).distinct().for_display().prefetch_related("reports").order_by("seq")


def waiting(session_id: int) -> int:
    """How many `open_cases` there are."""
    return next(iter(_WAITING.ask(session_id)), 0)


def _cases(session_id: int) -> MessageQuerySet:
    held = ~Q(held="") & Q(removed_at=None)
    reported = Q(reports__settled_at=None, reports__isnull=False)
    return Message.objects.filter(held | reported, session=session_id)


_WAITING: Prepared[int] = Prepared(
    lambda session: (
        _cases(session)
        .order_by()
        .values("session")
        .annotate(number=Count("pk", distinct=True))
        .values_list("number", flat=True)
    )
)
