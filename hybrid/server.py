"""The server: Daphne, with a direct way for broadcast frames from the hub to the socket."""

import asyncio
from typing import Any

import autobahn.websocket.protocol
from daphne.server import Server  # installs the asyncio reactor, so it comes before the reactor
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import defer, reactor

from live import hub

# Autobahn formats every connection's options for a log line that nobody reads: half the cost of a handshake.
autobahn.websocket.protocol.pformat = str  # type: ignore[assignment]

MAX_CONTROL_FRAME = 16 * 1024  # bytes of one frame from a client


class TransportWire:
    """Writes whole frames straight to a Twisted TCP transport's socket, or behind what the transport still buffers."""

    __slots__ = ("_direct", "_protocol", "_transport")

    def __init__(self, protocol: WebSocketProtocol) -> None:
        self._protocol = protocol
        self._transport = protocol.transport
        # TLS transports encrypt in their own write(); bytes put on their socket would break the stream.
        self._direct = hasattr(self._transport, "socket") and not getattr(self._transport, "TLS", False)

    def send(self, frames: bytes) -> int:
        """Hand frames over in order, returns the backlog; the fast path is one system call."""
        transport = self._transport
        if self._protocol.state != WebSocketProtocol.STATE_OPEN or not transport.connected or transport.disconnecting:
            return 0
        if self._direct and not transport._tempDataBuffer and not transport.dataBuffer:
            try:
                sent = transport.socket.send(frames)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except OSError:
                transport.abortConnection()
                return 0
            if sent == len(frames):
                return 0
            frames = frames[sent:]
        transport.write(frames)
        return self.backlog()

    def backlog(self) -> int:
        """Bytes in Twisted's buffers for this socket."""
        transport = self._transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen


class LiveServer(Server):
    """Daphne that shows the application each websocket's wire (scope["extensions"]["live.wire"])."""

    def __init__(self, application: Any, **options: Any) -> None:
        options |= {"websocket_max_message_size": MAX_CONTROL_FRAME, "websocket_max_frame_size": MAX_CONTROL_FRAME}
        super().__init__(
            application, **options, websocket_timeout=-1, application_close_timeout=5, server_name="hybrid"
        )

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, WebSocketProtocol):
            scope["extensions"] = {"live.wire": TransportWire(protocol)}
        # A client could set the root path through the header Daphne-Root-Path.
        scope["root_path"] = self.root_path
        return super().create_application(protocol, scope)

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM, then send the sockets away and stop."""
        reactor.addSystemEventTrigger("before", "shutdown", self._drain)  # type: ignore[arg-type]
        super().run()

    def _drain(self) -> Any:
        the_hub = hub.existing()
        if the_hub is None:
            return None
        return defer.Deferred.fromFuture(asyncio.ensure_future(the_hub.drain()))


def endpoint(host: str, port: int) -> str:
    """Twisted's description of a TCP port to listen on."""
    return f"tcp:port={port}:interface={host.replace(':', chr(92) + ':')}:backlog=4096"
