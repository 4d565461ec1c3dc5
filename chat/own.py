"""What a participant has of their own in a session's chat, told with the first frames of a join."""

from collections import defaultdict
from typing import Any

from chat.entries import mute_data
from chat.models import Message, Mute, Reaction, ReadMark
from common import clock
from common.contract import Place
from common.prepared import Prepared
from sessions.models import Session

Keyed = defaultdict[tuple[int, int], Any]
NEWEST = 500  # reactions of a person in a session: to older messages they are not marked as one's own
LATEST = 3  # messages with one's name that one is told of, of those that one has not read
WORDS = 80  # characters of such a message

_READ = Prepared(
    lambda people, sessions: ReadMark.objects.filter(participant__in=people, session__in=sessions).values_list(
        "participant", "session", "seq"
    )
)
_REACTED = Prepared(
    lambda people, sessions: (
        Reaction.objects.filter(participant__in=people, message__session__in=sessions)
        .order_by("-pk")
        .values_list("participant", "message__session", "message", "emoji")
    )
)
_HELD = Prepared(
    lambda people, sessions: (
        Message.objects.exclude(held="")
        .filter(participant__in=people, session__in=sessions, removed_at=None)
        .values_list("participant", "session")
    )
)
_MUTES = Prepared(lambda people, now: Mute.objects.standing(now).filter(participant__in=people).order_by("until"))
_NAMING = Prepared(
    lambda sessions, after: (
        Message.objects.shown()
        .filter(session__in=sessions, names_somebody=True, seq__gt=after)
        .select_related("participant")
        .order_by("-seq")[:NEWEST]
    )
)


def own(places: list[Place]) -> list[dict[str, Any]]:
    """What each has read (`read`, a seq), reacted to, been named in since, is waiting for, and until when it is muted.

    In the same order; six queries, however many.
    """
    participants, sessions = {who for who, _ in places}, {session for _, session in places}
    read = _read(participants, sessions)
    reacted: Keyed = defaultdict(list)
    for who, session, message, emoji in _REACTED.ask(participants, sessions):
        if len(reacted[who, session]) < NEWEST:
            reacted[who, session].append([str(message), emoji])
    held: Keyed = defaultdict(int)
    for place in _HELD.ask(participants, sessions):
        held[place] += 1
    muted = _muted(participants, sessions)
    named = _named(read)
    return [
        {
            "read": read[place],
            "reacted": reacted[place],
            "named": named[place][-LATEST:],
            "held": held[place],
            "muted": muted.get(place),
        }
        for place in places
    ]


def _named(read: Keyed) -> Keyed:
    """The messages with their names that those who have read in a session before have not read, oldest first."""
    named: Keyed = defaultdict(list)
    if not read:
        return named
    for message in reversed(_NAMING.ask({session for _who, session in read}, min(read.values()))):
        for who in message.mentions:
            place = who, message.session_id
            if place in read and message.seq > read[place]:
                told = {"id": str(message.pk), "seq": message.seq, "name": message.participant.name}
                named[place].append(told | {"text": message.text[:WORDS]})
    return named


def _read(participants: set[int], sessions: set[int]) -> Keyed:
    read: Keyed = defaultdict(int)
    for who, session, seq in _READ.ask(participants, sessions):
        read[who, session] = seq
    return read


def _muted(participants: set[int], sessions: set[int]) -> dict[tuple[int, int], Any]:
    mutes = _MUTES.ask(participants, clock.now())
    if not mutes:
        return {}
    scopes = {session.pk: session.scopes() for session in Session.objects.filter(pk__in=sessions)}
    return {
        (mute.participant_id, session): mute_data(mute)
        for mute in mutes
        for session, names in scopes.items()
        if mute.scope in names
    }
