"""The server: Daphne, with a direct way for broadcast frames from the hub to the socket."""

from typing import Any

from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol

MAX_CONTROL_FRAME = 16 * 1024  # bytes of one frame from a client


class TransportWire:
    """Writes whole frames straight to a Twisted TCP transport's socket, or behind what the transport still buffers."""

    __slots__ = ("_direct", "_protocol", "_transport")

    def __init__(self, protocol: WebSocketProtocol) -> None:
        self._protocol = protocol
        self._transport = protocol.transport
        # TLS transports encrypt in their own write(); bytes put on their socket would break the stream.
        self._direct = hasattr(self._transport, "socket") and not getattr(self._transport, "TLS", False)

    def send(self, frames: bytes) -> None:
        """Hand frames over in order; the fast path is one system call, anything else Twisted's own buffer."""
        transport = self._transport
        if self._protocol.state != WebSocketProtocol.STATE_OPEN or not transport.connected or transport.disconnecting:
            return
        if self._direct and not transport._tempDataBuffer and not transport.dataBuffer:
            try:
                sent = transport.socket.send(frames)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except OSError:
                transport.abortConnection()
                return
            if sent == len(frames):
                return
            frames = frames[sent:]
        transport.write(frames)

    def backlog(self) -> int:
        """Bytes in Twisted's buffers for this socket."""
        transport = self._transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen


class LiveServer(Server):
    """Daphne that shows the application each websocket's wire (scope["extensions"]["live.wire"])."""

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, WebSocketProtocol):
            scope["extensions"] = {"live.wire": TransportWire(protocol)}
        # A client could set the root path through the header Daphne-Root-Path.
        scope["root_path"] = self.root_path
        return super().create_application(protocol, scope)
