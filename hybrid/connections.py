"""TCP connections within the bounds of the process, and how long each may take: Twisted bounds neither."""

import asyncio
from collections.abc import Callable
from typing import Any

from daphne.http_protocol import HTTPFactory
from twisted.internet import tcp
from twisted.internet.protocol import Protocol, connectionDone
from twisted.web.http import HTTPChannel

from hybrid import capacity
from people.address import network_of, unmapped

SILENT = 10  # seconds until the first byte of a new connection
ARRIVING = 60  # seconds in which a whole request must have come: a megabyte at 17 kB/s
IDLE = 65  # seconds between two requests, and for reading the last answer; a proxy's keep-alive is shorter

SPEAKING = 32  # descriptors for telling people that there is no place

FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 56\r\n\r\nThis server is full right now. Try again in 5 seconds.\r\n"
)
TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 31\r\n\r\nThis took too long to arrive.\r\n"
)


def counted_by(host: str) -> str:
    """The peer's address as limits count it."""
    return network_of(unmapped(host))


class TimedChannel(HTTPChannel):
    """HTTP whose requests must arrive as a whole in time; Twisted's own time begins anew with every byte."""

    arriving = False
    timeOut: Any = None  # noqa: N815
    _timer: Any = None

    def connectionMade(self) -> None:  # noqa: N802  (Twisted's names)
        """Twisted calls it for a new connection: it must send something soon."""
        self.timeOut = SILENT
        super().connectionMade()

    def callLater(self, period: float, function: Callable[[], None]) -> Any:  # noqa: N802
        """A timer of the loop's: Twisted's cost three times as much, and each connection takes several."""
        return asyncio.get_running_loop().call_later(period, function)

    def setTimeout(self, period: float | None) -> Any:  # noqa: N802
        previous, self.timeOut = self.timeOut, period
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if period is None else self.callLater(period, self._timed_out)
        return previous

    def _timed_out(self) -> None:
        self._timer = None
        self.timeoutConnection()

    def resetTimeout(self) -> None:  # noqa: N802
        """Twisted calls it for each piece of a request: only the first one starts the time."""
        if not self.arriving and not self._handlingRequest:
            self.arriving = True
            self.setTimeout(ARRIVING)

    def allContentReceived(self) -> None:  # noqa: N802
        """Twisted calls it when a request has arrived as a whole."""
        self.arriving = False
        super().allContentReceived()

    def requestDone(self, request: Any) -> None:  # noqa: N802
        """Twisted calls it after the answer: now the connection may be idle for a while."""
        super().requestDone(request)
        if not self.arriving:
            self.setTimeout(IDLE)

    def timeoutConnection(self) -> None:  # noqa: N802
        """Twisted calls it when the time is over: say so to a request that is half here."""
        if self.arriving and self.requests:
            self.transport.write(TOO_SLOW)
        super().timeoutConnection()

    def connectionLost(self, reason: Any = connectionDone) -> None:  # noqa: N802
        super().connectionLost(reason)
        self._transferDecoder = None  # knows a method of ours: a cycle (hybrid/collector.py)


class Refusal(Protocol):
    """Answers that the server is full, and hangs up."""

    speaking = 0  # such connections now

    def connectionMade(self) -> None:  # noqa: N802
        """Answer 503 at once."""
        self.transport.write(FULL)
        self.transport.loseConnection()


class CountedTransport(tcp.Server):
    """A connection that gives its place back, whatever spoke over it in the end."""

    def __init__(self, sock: Any, protocol: Any, *arguments: Any) -> None:
        super().__init__(sock, protocol, *arguments)
        self.has_place = not isinstance(protocol, Refusal)
        Refusal.speaking += not self.has_place

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        """Give the place back."""
        super().connectionLost(reason)
        if self.has_place:
            capacity.connections.give(counted_by(self.client[0]))
        else:
            Refusal.speaking -= 1


class BoundedFactory(HTTPFactory):
    """Takes a connection while there is a place for it."""

    protocol = TimedChannel

    def log(self, request: Any) -> None:
        """Twisted would form a line of each request for its own log, which goes nowhere; the proxy keeps one."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        """The protocol of a new connection; a Refusal, or None, when there is no place."""
        if not capacity.connections.take(counted_by(addr.host)):
            return Refusal() if Refusal.speaking < SPEAKING else None  # None: closed in this very moment
        return super().buildProtocol(addr)
