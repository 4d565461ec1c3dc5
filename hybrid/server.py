"""The server: Daphne, with a direct way for broadcast frames from the hub to the socket."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import autobahn.twisted.websocket
import autobahn.websocket.protocol
import daphne.http_protocol
import daphne.server
import txaio
from daphne.server import Server  # installs the asyncio reactor, so it comes before the reactor
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import defer

from hybrid import health
from hybrid.connections import BoundedFactory, CountedTransport
from hybrid.direct import ShortChannel, has_socket, send
from hybrid.guards import GuardedWebSocket, LimitedRequest
from live import hub

# Autobahn formats and colours every connection's options for log lines that nobody reads: half the cost of a handshake.
autobahn.websocket.protocol.pformat = str  # type: ignore[assignment, attr-defined]
for module in (autobahn.websocket.protocol, autobahn.twisted.websocket):
    module.hltype = module.hlval = lambda value, *_style: value  # type: ignore[attr-defined]

MAX_CONTROL_FRAME = 16 * 1024  # bytes of one frame from a client
HANG_UPS = 10  # sockets at once that did not answer our close: Autobahn hangs up on all of a second in one moment
FINISH = 5.0  # seconds that requests under way get at the end

daphne.http_protocol.WebRequest = LimitedRequest
daphne.server.HTTPFactory = BoundedFactory
BoundedFactory.protocol = ShortChannel
WebSocketFactory.protocol = GuardedWebSocket


Pages = Callable[[dict[str, Any]], Awaitable[Any]]


class TransportWire:
    """Writes whole frames straight to a Twisted TCP transport's socket, or behind what the transport still buffers."""

    __slots__ = ("_protocol", "_straight", "_transport")

    def __init__(self, protocol: WebSocketProtocol) -> None:
        self._protocol = protocol
        self._transport = protocol.transport
        self._straight = has_socket(self._transport)

    def send(self, frames: bytes) -> int:
        """Hand frames over in order, returns the backlog; the fast path is one system call."""
        transport = self._transport
        if self._protocol.state != WebSocketProtocol.STATE_OPEN or not transport.connected or transport.disconnecting:
            return 0
        try:
            return 0 if send(transport, frames, self._straight) else self.backlog()
        except OSError:
            transport.abortConnection()
            return 0

    def backlog(self) -> int:
        """Bytes in Twisted's buffers for this socket."""
        transport = self._transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen  # type: ignore[no-any-return]


class LiveServer(Server):  # type: ignore[misc]
    """Daphne that shows the application each websocket's wire (scope["extensions"]["live.wire"]).

    `pages(scope)` answers what is a shared page (hybrid/direct.py), or gives None.
    """

    def __init__(self, application: Any, pages: Pages | None = None, **options: Any) -> None:
        options |= {"websocket_max_message_size": MAX_CONTROL_FRAME, "websocket_max_frame_size": MAX_CONTROL_FRAME}
        # A handshake is read as a whole and answered at once: it needs no time of its own.
        options |= {"websocket_timeout": -1, "websocket_handshake_timeout": 0, "application_close_timeout": 5}
        super().__init__(application, **options, server_name="hybrid")
        self.pages = pages

    def listen_success(self, port: Any) -> None:
        """Daphne calls it for each port: count the connections of it."""
        port.transport = CountedTransport
        make_timer: Any = txaio.make_batched_timer  # type: ignore[attr-defined]
        self.ws_factory._batched_timer = make_timer(bucket_seconds=1, chunk_size=HANG_UPS)
        super().listen_success(port)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """The application for a connection, with a websocket's wire in the scope."""
        if isinstance(protocol, WebSocketProtocol):
            scope["extensions"] = {"live.wire": TransportWire(protocol)}
        # A client could set the root path through the header Daphne-Root-Path.
        scope["root_path"] = self.root_path
        return super().create_application(protocol, scope)

    def kill_all_applications(self) -> Any:
        """Daphne calls it to stop: send the sockets elsewhere and let requests under way finish first."""
        return defer.Deferred.fromFuture(asyncio.ensure_future(self._stop()))

    async def _stop(self) -> None:
        health.leave()
        for listening in self.listeners:
            listening.addCallback(lambda port: port.stopListening())
        if the_hub := hub.existing():
            await the_hub.drain()
        deadline = time.monotonic() + FINISH
        while time.monotonic() < deadline and self._answers():
            await asyncio.sleep(0.05)
        await defer.maybeDeferred(super().kill_all_applications).asFuture(asyncio.get_running_loop())

    def _answers(self) -> bool:
        """Whether requests are under way."""
        busy = [protocol for protocol, details in self.connections.items() if "disconnected" not in details]
        return ShortChannel.under_way > 0 or any(isinstance(protocol, LimitedRequest) for protocol in busy)


def endpoint(host: str, port: int) -> str:
    """Twisted's description of a TCP port to listen on."""
    return f"tcp:port={port}:interface={host.replace(':', chr(92) + ':')}:backlog=4096"
