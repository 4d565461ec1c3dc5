"""What a client may send before it is cut off: Daphne itself has no such limits."""

from io import BytesIO
from typing import Any

from autobahn.websocket.types import ConnectionDeny
from daphne.http_protocol import WebRequest
from django.conf import settings
from twisted.internet import reactor as _reactor

from hybrid.direct import has_socket, send
from hybrid.handshakes import PlainWebSocket
from live import codes

reactor: Any = _reactor

MAX_WAITING = 32  # frames of one socket that the application has not looked at; its own bucket closes long before
MAX_BACKLOG = 512 * 1024  # bytes that a pinging socket may leave unread
LINGER = 2.0  # seconds in which a refused client may read why
SMALL = 64 * 1024  # bytes of a body that is taken however many others are on their way
LARGE_AT_ONCE = 64  # larger ones at once: they are kept in memory until they are whole

TOO_LARGE = (
    b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 19\r\n\r\nThis is too large.\n"
)


TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 10\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 42\r\n\r\nToo many uploads at once. Try again soon.\n"
)


class LimitedRequest(WebRequest):  # type: ignore[misc]
    """A request whose body is refused with 413 before it is kept anywhere, and 503 when too many large ones come.

    Bodies are kept in memory: Twisted opens a file for each of 100 kB, two descriptors for one connection.
    """

    uploads = 0  # large bodies on their way, in all
    refused = False
    large = False

    def __init__(self, *given: Any) -> None:
        """Forms are Django's to read: else Twisted reads each of them as well."""
        super().__init__(*given, parsePOSTFormSubmission=False)

    def gotLength(self, length: int | None) -> None:  # noqa: N802  (Twisted's name)
        """Twisted calls it after the headers: refuse a body that says it is too large."""
        self.content = BytesIO()
        if length is not None and length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            self._refuse(TOO_LARGE)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """Twisted calls it for each piece of the body: refuse it when it grows too large."""
        size = self.content.tell() + len(data)
        if not self.refused and size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            self._refuse(TOO_LARGE)
        if not self.refused and size > SMALL and not self.large:
            self._upload()
        if not self.refused:
            super().handleContentChunk(data)

    def _upload(self) -> None:
        """Take one of the places for large bodies."""
        if LimitedRequest.uploads >= LARGE_AT_ONCE:
            return self._refuse(TOO_MANY)
        LimitedRequest.uploads += 1
        self.large = True

    def _uploaded(self) -> None:
        LimitedRequest.uploads -= self.large
        self.large = False

    def _refuse(self, answer: bytes) -> None:
        self.refused = True
        self.channel.transport.write(answer)
        # A client in the middle of sending would lose the answer if we hung up at once.
        reactor.callLater(LINGER, self.channel.transport.abortConnection)

    def process(self) -> Any:
        """Hand the whole request on, unless it was refused."""
        self._uploaded()
        if self.refused:
            return self.channel.loseConnection()
        processed = super().process()
        if self.transport is None:  # a websocket has taken it over
            self.channel.requests.clear()
        return processed

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        """Give back the place of a large body."""
        self._uploaded()
        super().connectionLost(reason)


class GuardedWebSocket(PlainWebSocket):
    """A socket whose unread input and output are bounded."""

    server: Any = None

    def onConnect(self, request: Any) -> Any:  # noqa: N802  (Autobahn's names)
        """Refuse a handshake that the application could not read."""
        if not request.headers.get("sec-websocket-protocol", "").isascii():
            raise ConnectionDeny(ConnectionDeny.BAD_REQUEST, "Sec-WebSocket-Protocol is not ASCII")  # type: ignore[no-untyped-call]
        return super().onConnect(request)

    def onClose(self, *details: Any) -> None:  # noqa: N802
        """Tell the application, if it knows the socket."""
        if self.server:  # else its handshake was refused before it was known
            super().onClose(*details)

    def connectionLost(self, *why: Any) -> None:  # noqa: N802
        super().connectionLost(*why)
        self.is_closed = None  # has this socket as its result: a cycle (hybrid/collector.py)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        """Hand a frame on; cut off a client that sends faster than it is read."""
        if self.muted or self.state != self.STATE_OPEN:
            return
        if self.application_queue.qsize() >= MAX_WAITING:
            self._cut_off(codes.FLOODING)
            return
        super().onMessage(payload, isBinary)

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:  # noqa: N802
        """Autobahn calls it for what it sends itself: at once, where Twisted would wait for the loop's next turn."""
        transport = self.transport
        if sync or chopsize or self.send_queue or not transport.connected or transport.disconnecting:
            super().sendData(data, sync, chopsize)
            return
        try:
            send(transport, data, has_socket(transport))
        except OSError:
            transport.abortConnection()

    def onPing(self, payload: bytes) -> None:  # noqa: N802
        """Answer a ping; cut off a client that does not read the answers."""
        transport = self.transport
        if len(transport.dataBuffer) - transport.offset + transport._tempDataLen > MAX_BACKLOG:
            self._cut_off(codes.SLOW_READER)
            return
        super().onPing(payload)

    def _cut_off(self, code: int) -> None:
        """Say why, stop reading, and hang up soon whether or not the client agrees."""
        self.sendClose(code)
        self.transport.pauseProducing()
        reactor.callLater(LINGER / 8, self.transport.abortConnection)
