"""Sockets as Autobahn begins them beside ours, in a process that may have a reactor."""

from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.testing import StringTransport

from hybrid.handshakes import ALIKE, PlainWebSocket


def begun(protocol: type[WebSocketProtocol]) -> Any:
    """A socket whose connection has been made."""
    factory = WebSocketFactory(None)
    factory.setProtocolOptions(openHandshakeTimeout=0)  # as the server's
    factory.protocol = protocol
    socket = factory.buildProtocol(None)
    socket.makeConnection(StringTransport())
    return socket


def told(value: Any) -> str:
    """What is to be the same: the value, or what kind it is of."""
    return repr(value) if isinstance(value, ALIKE) else type(value).__name__


def attributes() -> dict[str, list[str]]:
    """Each attribute that Autobahn gives a socket, as it is there and at our first, second and third."""
    theirs, *ours = begun(WebSocketProtocol), *(begun(PlainWebSocket) for _ in range(3))
    return {
        name: [told(value), *(told(getattr(one, name, "MISSING")) for one in ours)]
        for name, value in vars(theirs).items()
    }


def own() -> list[str]:
    """What two sockets share although it can be changed in place, but for the settings of all."""
    _first, one, other = (begun(PlainWebSocket) for _ in range(3))
    names = {*vars(one), *vars(PlainWebSocket)} - {*one.CONFIG_ATTRS, "_anew", "__annotations__"}
    shared = [name for name in names if getattr(one, name, None) is getattr(other, name, None)]
    return [name for name in shared if not isinstance(getattr(one, name), ALIKE) and not callable(getattr(one, name))]
