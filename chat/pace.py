"""Slow mode: how often a person may write, by a moderator's choice or by itself where too much is said at once."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from chat import events
from chat.holding import settings_of
from chat.models import ChatSettings, Message
from common import clock
from live.models import Event
from live.outcomes import Failed, Outcome
from people.refusal import Refused
from sessions.models import Session

WINDOW = timedelta(seconds=10)  # in which messages are counted
LASTS = timedelta(seconds=60)  # after the room was crowded for the last time
RENEWED = LASTS / 2  # not written anew more often than this


def store_all(messages: list[Message]) -> list[Outcome[Event]]:
    """As Message.store_all, for those whose authors have waited for their turn."""
    waits = _waits(messages)
    outcomes: dict[int, Outcome[Event]] = {
        id(message): Failed(_too_soon(wait)) for message, wait in zip(messages, waits, strict=True) if wait
    }
    left = [message for message in messages if id(message) not in outcomes]
    outcomes |= zip(map(id, left), Message.store_all(left), strict=True)
    for session in {message.session_id: message.session for message in left}.values():
        _watch(session)
    return [outcomes[id(message)] for message in messages]


def _too_soon(wait: int) -> Refused:
    return Refused(_("Slow mode: you can write again in %(seconds)s seconds.") % {"seconds": wait}, 429)


def _waits(messages: list[Message]) -> list[int]:
    """Seconds that the author of each has to wait. Nobody asks the database where there is no slow mode."""
    pauses = {message.session_id: settings_of(message.session).pause for message in messages}
    slow = [message for message in messages if pauses[message.session_id]]
    if not slow:
        return [0] * len(messages)
    now = clock.now()
    rows = Message.objects.filter(
        session__in={message.session_id for message in slow},
        participant__in={message.participant_id for message in slow},
        sent_at__gt=now - timedelta(seconds=max(pauses.values())),
    ).exclude(pk__in=[message.pk for message in slow])  # what is sent again is no second message
    last = defaultdict(lambda: now - timedelta(days=1))
    for session, participant, sent_at in rows.order_by("sent_at").values_list("session", "participant", "sent_at"):
        last[session, participant] = sent_at
    waits = []
    for message in messages:
        key = message.session_id, message.participant_id
        free = last[key] + timedelta(seconds=pauses[message.session_id])
        waits.append(max(0, round((free - now).total_seconds() + 0.5)) if pauses[message.session_id] else 0)
        last[key] = now if not waits[-1] else last[key]
    return waits


def _watch(session: Session) -> None:
    """Begin slow mode, or let it go on, when the last messages came too fast. One row is read, however many came."""
    settings = settings_of(session)
    if not settings.crowded or (settings.crowded_until and settings.crowded_until > clock.now() + RENEWED):
        return
    seqs = Message.objects.filter(session=session).order_by("-seq").values_list("sent_at", flat=True)
    oldest = seqs[settings.crowded : settings.crowded + 1].first()
    if oldest and oldest > clock.now() - WINDOW:
        _begin(session)


def _begin(session: Session) -> None:
    with transaction.atomic():
        current, _made = ChatSettings.objects.get_or_create(session=session)
        was = current.pause
        current.crowded_until = clock.now() + LASTS
        current.save(update_fields=["crowded_until"])
        if current.pause != was:
            events.mode(session)


def tick() -> None:
    """End slow mode where the room is quiet again: one process does it and tells everybody."""
    ended = ChatSettings.objects.filter(crowded_until__lt=clock.now())
    for pk in ended.values_list("pk", flat=True):
        with transaction.atomic():
            if ended.filter(pk=pk).update(crowded_until=None):
                settings = ChatSettings.objects.select_related("session__edition").get(pk=pk)
                events.mode(settings.session)
