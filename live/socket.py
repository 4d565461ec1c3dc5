"""The websocket: it carries frames down and only small control frames up (docs/protocol.md)."""

import json
import re
import time
import uuid
from asyncio import TimerHandle
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from live import codes, hub
from live.feed import Connection
from live.viewer import session_key_of
from live.wire import AsgiWire, frame
from live.writes import BadFrame, WriteFrame

MAX_CONTROL = 16 * 1024  # characters of one control frame
KEY = re.compile("[!-~]{1,64}")  # of a room: what any database takes
MAX_ROOMS = 8  # rooms that one socket follows
RATE, BURST = 5.0, 20.0  # control frames per second, and at once
JOIN_WITHIN = 10.0  # seconds until the first join: who follows nothing only takes a descriptor


class Bucket:
    """A token bucket for one socket's control frames."""

    def __init__(self) -> None:
        self.tokens = BURST
        self.at = time.monotonic()

    def take(self) -> bool:
        """Whether another frame is allowed now."""
        now = time.monotonic()
        self.tokens = min(BURST, self.tokens + (now - self.at) * RATE) - 1
        self.at = now
        return self.tokens >= 0


def parse_control(text: str | None) -> dict[str, int] | WriteFrame:
    """Room key -> cursor of a control frame {"join": {...}}, or the write of {"say": ...}. Raises BadFrame."""
    try:
        control = json.loads(text or "")
        if "\\ud" in (text or "").lower() or "\\u0000" in (text or ""):
            control = _whole(control)
        if "say" in control:
            return WriteFrame(control["say"], control["id"], control["data"])
        rooms = control["join"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadFrame from error
    if not isinstance(rooms, dict) or not 1 <= len(rooms) <= MAX_ROOMS:
        raise BadFrame
    if not all(type(cursor) is int and 0 <= cursor < 2**63 and KEY.fullmatch(key) for key, cursor in rooms.items()):
        raise BadFrame
    return rooms


def _whole(control: Any) -> Any:
    """A frame as a form's fields come: U+FFFD for half characters, no NUL. No database takes either."""
    if isinstance(control, str):
        return control.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    if isinstance(control, list):
        return [_whole(item) for item in control]
    if isinstance(control, dict):
        return {_whole(key): _whole(value) for key, value in control.items()}
    return control


async def live_socket(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
    """The ASGI application of one socket."""
    await receive()  # websocket.connect
    # Accepted whatever comes: a refused handshake makes browsers retry for ever, a close code does not.
    await send({"type": "websocket.accept"})
    wire = scope.get("extensions", {}).get("live.wire") or AsgiWire(send)

    async def close(code: int) -> None:
        await send({"type": "websocket.close", "code": code})

    the_hub = hub.running()
    connection = Connection(wire, close, _language(scope), session_key_of(scope["headers"]), _identity(scope))
    if the_hub.draining:
        return await close(codes.GOING_AWAY)
    the_hub.connections.add(connection)
    deadline = the_hub.loop.call_later(JOIN_WITHIN, _hang_up, the_hub, connection)
    try:
        await _listen(the_hub, connection, receive, deadline)
    finally:
        deadline.cancel()
        the_hub.leave_all(connection)
        if isinstance(wire, AsgiWire):
            wire.close()


def _language(scope: dict[str, Any]) -> str:
    """The page's language, from the query string."""
    language = parse_qs(scope["query_string"].decode("latin1")).get("lang", [""])[0]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _identity(scope: dict[str, Any]) -> Any:
    """What a follower who is not signed in counts as: one for each address, however many sockets it opens."""
    address = scope.get("extensions", {}).get("live.address")
    return anonymous(str(address)) if address else uuid.uuid4().hex


def anonymous(address: str) -> str:
    """An address as it is counted, by every process: nobody reads the address from it."""
    return blake2b(address.encode(), digest_size=16, key=settings.SECRET_KEY.encode()[:64]).hexdigest()


def _hang_up(the_hub: hub.Hub, connection: Connection) -> None:
    """Close a socket that has asked for no room in its time."""
    the_hub.spawn(the_hub.expel(connection, codes.JOINED_NOTHING))


async def _listen(
    the_hub: hub.Hub, connection: Connection, receive: Callable[[], Awaitable[Any]], deadline: TimerHandle
) -> None:
    """Do what the control frames say until the socket is closed, by whomever."""
    bucket = Bucket()
    while (message := await receive())["type"] != "websocket.disconnect":
        text = message.get("text")
        if not bucket.take() or len(text or "") > MAX_CONTROL:
            return await connection.close(codes.FLOODING)
        try:
            control = parse_control(text)
        except BadFrame:
            return await connection.close(codes.BAD_FRAME)
        if isinstance(control, WriteFrame):
            the_hub.writes.take(connection, control)
            continue
        deadline.cancel()
        if not await _join(the_hub, connection, control):
            return await connection.close(codes.FORBIDDEN)


async def _join(the_hub: hub.Hub, connection: Connection, rooms: dict[str, int]) -> bool:
    """Join rooms, anew from the given cursor those already joined; False when one is not for this participant."""

    while True:  # until no right was revoked while we looked
        revoked = the_hub.revocations.cursor
        viewers, heads = await the_hub.admission.ask(connection.session_key, list(rooms))
        if the_hub.revocations.cursor == revoked:
            break
    admitted = {key: viewer for key, viewer in viewers.items() if viewer}
    if connection.viewers and len(admitted) < len(rooms):  # the rooms it has are not lost for one it may not have
        for key in rooms.keys() - admitted.keys():
            connection.wire.send(frame({"t": "refused", "room": key}))
        rooms = {key: cursor for key, cursor in rooms.items() if key in admitted}
    if len(admitted) < len(rooms) or len(connection.viewers.keys() | admitted.keys()) > MAX_ROOMS:
        return False
    for key in rooms:
        the_hub.leave(connection, key)
    participants = {viewer.participant_id for viewer in admitted.values()} - {None}
    if participants and not connection.viewers:
        connection.identity = participants.pop()
    connection.viewers |= admitted
    for key, cursor in rooms.items():
        await the_hub.join(connection, key, cursor, heads[key])
    await the_hub.own.joined(connection, list(rooms))
    return True
