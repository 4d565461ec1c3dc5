"""The short way in: plain requests for a shared page or a websocket are read here, before Twisted and Daphne.

They cost three times what the page itself costs. Whatever is not a plain GET, and whatever pages do not answer, goes
the long way with not a byte changed.
"""

import asyncio
import logging
import re
from http import HTTPStatus
from typing import Any, NamedTuple

from common.shared import is_shared
from hybrid.connections import IDLE, TimedChannel
from hybrid.handshakes import key_of
from hybrid.line import Answer

logger = logging.getLogger(__name__)

LONGEST = 8 * 1024  # bytes of a request that is read here
MOST_HELD = 64 * 1024  # bytes of further requests that are kept while one is answered
REQUEST = re.compile(rb"GET (/(?!/)[A-Za-z0-9/_.~-]*)(?:\?([!-~]*))? HTTP/1\.1")
HEADER = re.compile(rb"([A-Za-z0-9-]+):([\t -~\x80-\xff]*)")
# They ask for more than a page, or say something of the connection.
OTHERS = {b"content-length", b"daphne-root-path", b"expect", b"te", b"trailer", b"transfer-encoding"}
ONCE = {b"connection", b"cookie", b"host", b"upgrade"}
LASTS, CLOSES, SOCKET = b"keep-alive", b"close", b"websocket"


class Plain(NamedTuple):
    """A plain request. What comes after it on the connection: LASTS, CLOSES or SOCKET."""

    path: bytes
    query: bytes
    headers: list[tuple[bytes, bytes]]  # the names in small letters
    after: bytes

    def scope(self) -> dict[str, Any]:
        """It in ASGI's words."""
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": self.path.decode(),
            "raw_path": self.path,
            "root_path": "",
            "query_string": self.query,
            "headers": self.headers,
        }


def read(data: bytes) -> Plain | None:
    """The one whole plain request that the data is; None for anything else."""
    if len(data) > LONGEST or data.find(b"\r\n\r\n") != len(data) - 4:
        return None
    first, *lines = data[:-4].split(b"\r\n")
    request, headers = REQUEST.fullmatch(first), _headers(lines)
    if request is None or headers is None:
        return None
    after = _after(dict(headers))
    return Plain(request[1], request[2] or b"", headers, after) if after else None


def _headers(lines: list[bytes]) -> list[tuple[bytes, bytes]] | None:
    """Names in small letters, and values; None when they are not plain."""
    headers = []
    for line in lines:
        header = HEADER.fullmatch(line)
        if header is None:
            return None
        headers.append((header[1].lower(), header[2].strip(b" \t")))
    names = [name for name, _value in headers]
    if not OTHERS.isdisjoint(names) or b"host" not in names or any(names.count(name) > 1 for name in ONCE):
        return None
    return headers


def _after(headers: dict[bytes, bytes]) -> bytes:
    """What the headers say of the connection; nothing when that is not plain."""
    connection, upgrade = headers.get(b"connection", LASTS).lower(), headers.get(b"upgrade", b"").lower()
    if upgrade:
        return SOCKET if upgrade == SOCKET and b"upgrade" in connection else b""
    return connection if connection in (LASTS, CLOSES) else b""


def written(answer: Answer, closes: bool) -> bytes:
    """The answer as it goes over the connection."""
    status, headers, body = answer
    head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode(), b"server: hybrid\r\n"]
    head += [b"%b: %b\r\n" % header for header in headers]
    if closes:
        head.append(b"connection: close\r\n")
    return b"".join([*head, b"\r\n", body])


def has_socket(transport: Any) -> bool:
    """Whether bytes may be put on the socket: TLS transports encrypt in their own write()."""
    return hasattr(transport, "socket") and not getattr(transport, "TLS", False)


def send(transport: Any, data: bytes, straight: bool) -> bool:
    """Hand data to a Twisted transport in order: by one system call where nothing waits, else behind what waits.

    `straight` is what `has_socket` says of it. Gives back whether all has gone. Raises OSError when the connection is
    broken.
    """
    if straight and not transport._tempDataBuffer and not transport.dataBuffer:
        try:
            sent = transport.socket.send(data)
        except (BlockingIOError, InterruptedError):
            sent = 0
        if sent == len(data):
            return True
        data = data[sent:]
    transport.write(data)
    return False


class ShortChannel(TimedChannel):
    """HTTP whose plain requests for shared pages and websockets go the short way."""

    transport: Any
    under_way = 0  # such requests, of all connections
    _held: list[bytes] | None = None  # what has come while one is answered; None: none is
    _answering: asyncio.Task[None] | None = None

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  (Twisted's name)
        """Twisted calls it for what has come."""
        if self._held is not None:
            self._held.append(data)
            if sum(map(len, self._held)) > MOST_HELD:
                self.transport.pauseProducing()
            return
        is_between = not self.arriving and not self.requests and self.persistent
        plain = read(data) if is_between else None
        if plain and plain.after == SOCKET:
            self._hand_over(plain, data)
        elif plain and self.factory.server.pages and is_shared(plain.path.decode()):
            self._held = []
            self.setTimeout(None)
            ShortChannel.under_way += 1
            self._answering = asyncio.ensure_future(self._answer(plain, data))
        else:
            super().dataReceived(data)  # type: ignore[no-untyped-call]

    def _hand_over(self, plain: Plain, data: bytes) -> None:
        """Let a websocket have the connection, as Daphne does when Twisted has read the request."""
        self.setTimeout(None)
        socket = self.factory.server.ws_factory.buildProtocol(self.transport.getPeer())
        self.transport.protocol = socket
        if key := key_of(plain.headers) if has_socket(self.transport) else None:
            socket.shake(self.transport, plain.path, plain.query, plain.headers, key)
        else:
            socket._raw_query_string = plain.query
            socket.makeConnection(self.transport)
            socket.dataReceived(data)

    async def _answer(self, plain: Plain, data: bytes) -> None:
        try:
            answer = await self.factory.server.pages(plain.scope())
        except Exception:
            logger.exception("A page was not answered the short way")
            answer = None
        finally:
            ShortChannel.under_way -= 1
        held, self._held, self._answering = self._held or [], None, None
        if not self.transport.connected:
            return
        if sum(map(len, held)) > MOST_HELD and not self._waitingForTransport:
            self.transport.resumeProducing()
        if answer is None:
            super().dataReceived(data)  # type: ignore[no-untyped-call]
        else:
            self._give(answer, plain.after == CLOSES)
        if held and plain.after == LASTS:
            self.dataReceived(b"".join(held))

    def _give(self, answer: Answer, closes: bool) -> None:
        try:
            send(self.transport, written(answer, closes), has_socket(self.transport))
        except OSError:
            self.transport.abortConnection()
        else:
            self.setTimeout(IDLE)
            if closes:
                self.transport.loseConnection()
