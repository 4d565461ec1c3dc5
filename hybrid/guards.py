"""What a client may send before it is cut off: Daphne itself has no such limits."""

from typing import Any

from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketProtocol
from django.conf import settings
from twisted.internet import reactor as _reactor

from live import codes

reactor: Any = _reactor

MAX_WAITING = 32  # frames of one socket that the application has not looked at; its own bucket closes long before
MAX_BACKLOG = 512 * 1024  # bytes that a pinging socket may leave unread
LINGER = 2.0  # seconds in which a refused client may read why

TOO_LARGE = (
    b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 19\r\n\r\nThis is too large.\n"
)


class LimitedRequest(WebRequest):  # type: ignore[misc]
    """A request whose body is refused with 413 before it is kept anywhere."""

    refused = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802  (Twisted's name)
        too_large = length is not None and length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        super().gotLength(0 if too_large else length)
        if too_large:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        if not self.refused and self.content.tell() + len(data) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            self._refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def _refuse(self) -> None:
        self.refused = True
        self.channel.transport.write(TOO_LARGE)
        # A client in the middle of sending would lose the answer if we hung up at once.
        reactor.callLater(LINGER, self.channel.transport.abortConnection)

    def process(self) -> Any:
        return self.channel.loseConnection() if self.refused else super().process()


class GuardedWebSocket(WebSocketProtocol):  # type: ignore[misc]
    """A socket whose unread input and output are bounded."""

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803  (Autobahn's names)
        if self.muted or self.state != self.STATE_OPEN:
            return
        if self.application_queue.qsize() >= MAX_WAITING:
            self._cut_off(codes.FLOODING)
            return
        super().onMessage(payload, isBinary)

    def onPing(self, payload: bytes) -> None:  # noqa: N802
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
