"""Video calls of talks and meetings: an address of the stand's own, Jitsi Meet or LiveKit Meet, behind one interface.

A signed pass lets its holder into one room for a short time; who may ask for it, the talk or meeting decides.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from common import clock
from expo.models import Expo, Meeting, Talk, Video
from people.models import Participant
from sessions.models import Edition

LASTS = timedelta(hours=2)  # of a pass; it guards the way in, not the call


def of_meeting(meeting: Meeting, who: Participant) -> str:
    """The address of the call of an agreed meeting for one of its two; "" when there is none."""
    if not has_call(meeting):
        return ""
    own = meeting.exhibitor.video if meeting.exhibitor else ""
    return _address(meeting.edition, own, f"meeting:{meeting.pk}", who, is_host=who.pk == meeting.host_id)


def has_call(meeting: Meeting) -> bool:
    """Whether a meeting is agreed, by video, and somebody carries it."""
    if meeting.state != Meeting.State.ACCEPTED or meeting.way != Meeting.Way.VIDEO:
        return False
    return bool((meeting.exhibitor and meeting.exhibitor.video) or _provider(meeting.edition))


def has_talk(talk: Talk) -> bool:
    """Whether a talk is open, and somebody carries its call."""
    return talk.state == Talk.State.OPEN and bool(talk.exhibitor.video or _provider(talk.edition))


def of_talk(talk: Talk, who: Participant) -> str:
    """The address of the call of an open talk for one of its two; "" when there is none."""
    if not has_talk(talk):
        return ""
    is_host = who.pk == talk.taken_by_id
    return _address(talk.edition, talk.exhibitor.video, f"talk:{talk.pk}", who, is_host=is_host)


def _provider(edition: Edition) -> Expo | None:
    """The exhibition, if it has a provider that signs passes, and this installation the keys."""
    expo = Expo.objects.filter(edition=edition).exclude(video=Video.LINK).first()
    return expo if expo and expo.video_url and settings.VIDEO_KEY and settings.VIDEO_SECRET else None


def _address(edition: Edition, own: str, thing: str, who: Participant, *, is_host: bool) -> str:
    expo = _provider(edition)
    if expo is None:
        return own
    room = _room(thing)
    server = expo.video_url.rstrip("/")
    if expo.video == Video.JITSI:
        return f"{server}/{room}?{urlencode({'jwt': _jitsi(server, room, who, is_host)})}"
    url = server.replace("https://", "wss://", 1).replace("http://", "ws://", 1)
    return f"{server}/custom?{urlencode({'liveKitUrl': url, 'token': _livekit(room, who)}, quote_via=quote)}"


def _room(thing: str) -> str:
    """A name that nobody guesses, and that says nothing."""
    return hmac.new(settings.VIDEO_SECRET.encode(), thing.encode(), hashlib.sha256).hexdigest()[:32]


def _times() -> dict[str, int]:
    now = clock.now()
    return {"nbf": int((now - timedelta(minutes=1)).timestamp()), "exp": int((now + LASTS).timestamp())}


def _jitsi(server: str, room: str, who: Participant, is_host: bool) -> str:
    user = {"name": who.name, "moderator": is_host}  # no id, no address: the provider gets a name
    claims = {"aud": settings.VIDEO_KEY, "iss": settings.VIDEO_KEY, "sub": server.partition("://")[2], "room": room}
    return _signed(claims | _times() | {"context": {"user": user}})


def _livekit(room: str, who: Participant) -> str:
    identity = _room(f"{room}:{who.pk}")[:16]
    grant = {"room": room, "roomJoin": True, "canPublish": True, "canSubscribe": True}
    return _signed({"iss": settings.VIDEO_KEY, "sub": identity, "name": who.name, "video": grant} | _times())


def _signed(claims: dict[str, Any]) -> str:
    import jwt  # only where a call is made

    return jwt.encode(claims, settings.VIDEO_SECRET, algorithm="HS256")
