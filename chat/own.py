"""What a participant has of their own in a session's chat, told with the first frames of a join."""

from collections import defaultdict
from typing import Any

from chat.entries import mute_data
from chat.models import Message, Mute, Reaction, ReadMark
from common.contract import Place
from sessions.models import Session

Keyed = defaultdict[tuple[int, int], Any]
NEWEST = 500  # reactions of a person in a session: to older messages they are not marked as one's own
LATEST = 3  # messages with one's name that one is told of, of those that one has not read
WORDS = 80  # characters of such a message


def own(places: list[Place]) -> list[dict[str, Any]]:
    """What each has read (`read`, a seq), reacted to, been named in since, is waiting for, and until when it is muted.

    In the same order; six queries, however many.
    """
    participants, sessions = {who for who, _ in places}, {session for _, session in places}
    read = _read(participants, sessions)
    reacted: Keyed = defaultdict(list)
    rows = Reaction.objects.filter(participant__in=participants, message__session__in=sessions).order_by("-pk")
    for who, session, message, emoji in rows.values_list("participant", "message__session", "message", "emoji"):
        if len(reacted[who, session]) < NEWEST:
            reacted[who, session].append([str(message), emoji])
    held: Keyed = defaultdict(int)
    waiting = Message.objects.exclude(held="").filter(participant__in=participants, session__in=sessions)
    for place in waiting.filter(removed_at=None).values_list("participant", "session"):
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
    messages = Message.objects.shown().filter(session__in={session for _who, session in read})
    unread = messages.filter(names_somebody=True, seq__gt=min(read.values()))
    for message in reversed(unread.select_related("participant").order_by("-seq")[:NEWEST]):
        for who in message.mentions:
            place = who, message.session_id
            if place in read and message.seq > read[place]:
                told = {"id": str(message.pk), "seq": message.seq, "name": message.participant.name}
                named[place].append(told | {"text": message.text[:WORDS]})
    return named


def _read(participants: set[int], sessions: set[int]) -> Keyed:
    read: Keyed = defaultdict(int)
    marks = ReadMark.objects.filter(participant__in=participants, session__in=sessions)
    for who, session, seq in marks.values_list("participant", "session", "seq"):
        read[who, session] = seq
    return read


def _muted(participants: set[int], sessions: set[int]) -> dict[tuple[int, int], Any]:
    mutes = list(Mute.objects.standing().filter(participant__in=participants).order_by("until"))
    if not mutes:
        return {}
    scopes = {session.pk: session.scopes() for session in Session.objects.filter(pk__in=sessions)}
    return {
        (mute.participant_id, session): mute_data(mute)
        for mute in mutes
        for session, names in scopes.items()
        if mute.scope in names
    }
