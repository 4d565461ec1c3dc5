"""The way of a websocket to the live engine: /live/ only, from our own pages, within the bounds of the process."""

from typing import Any

from hybrid import capacity
from hybrid.origin import OwnOrigins
from live import codes
from live.socket import live_socket
from people.address import behind_proxies, network_of

PATH = "/live/"


async def bounded(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The live socket, with its client's address in the scope; closed at once at another path or without a place."""
    if scope["path"] != PATH:
        return await _closed(receive, send, codes.NO_SUCH_ADDRESS)
    address = _address(scope)
    if not capacity.sockets.take(address):
        return await _closed(receive, send, codes.FULL)
    try:
        extensions = scope.get("extensions", {}) | {"live.address": address}
        await live_socket(scope | {"extensions": extensions}, receive, send)
    finally:
        capacity.sockets.give(address)


def _address(scope: dict[str, Any]) -> str:
    """What the client is counted by."""
    forwarded = [value.decode("latin1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    peer = scope.get("client") or [""]
    return network_of(behind_proxies(peer[0], ",".join(forwarded)))


async def _closed(receive: Any, send: Any, code: int) -> None:
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})  # a refused handshake makes browsers retry for ever
    await send({"type": "websocket.close", "code": code})


sockets = OwnOrigins(bounded)
