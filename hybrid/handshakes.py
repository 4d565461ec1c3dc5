"""Opens a websocket whose request was read already (hybrid/direct.py): Autobahn and Daphne would read it once more."""

import re
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

KEY = re.compile(rb"[A-Za-z0-9+/]{22}==")
VERSION = b"13"
ONCE = (b"sec-websocket-key", b"sec-websocket-version", b"sec-websocket-extensions", b"origin")
ALIKE = (type(None), bool, int, float, str, bytes, tuple)  # what no socket changes in place

Headers = list[tuple[bytes, bytes]]


class Logged(NamedTuple):
    """What Daphne logs of a handshake."""

    path: bytes


def key_of(headers: Headers) -> str | None:
    """The key of a handshake that asks for nothing but a websocket; None for any other. Names in small letters."""
    names = [name for name, _value in headers]
    told = dict(headers)
    if b"sec-websocket-protocol" in told or told.get(b"sec-websocket-version") != VERSION:
        return None
    if any(names.count(name) > 1 for name in ONCE):
        return None
    key = told.get(b"sec-websocket-key", b"")
    return key.decode() if KEY.fullmatch(key) else None


class PlainWebSocket(WebSocketProtocol):  # type: ignore[misc]
    """A socket that begins like all others: what Autobahn gave the first one stands on the class."""

    websocket_version = int(VERSION)
    _anew: dict[str, Callable[[], Any]] | None = None  # what each socket needs of its own

    def _connectionMade(self) -> None:  # noqa: N802  (Autobahn's name)
        if self._anew is None:
            self._learn()
            return
        self.factory.countConnections += 1
        for name, make in self._anew.items():
            setattr(self, name, make())

    def _learn(self) -> None:
        known = set(vars(self))
        super()._connectionMade()
        anew: dict[str, Callable[[], Any]] = {}
        for name in vars(self).keys() - known:
            value = vars(self)[name]
            if name in self.CONFIG_ATTRS or isinstance(value, ALIKE):
                setattr(PlainWebSocket, name, staticmethod(value) if callable(value) else value)
            else:
                anew[name] = type(value)
        PlainWebSocket._anew = anew

    def shake(self, transport: Any, path: bytes, query: bytes, headers: Headers, key: str) -> None:
        """Take a connection over and hand the handshake to the application; `key` is what `key_of` says."""
        self.makeConnection(transport)
        nothing: list[Any] = []
        self._wskey, self.websocket_protocols, self.websocket_extensions = key, nothing, nothing
        self.path, self.request = path, Logged(path)
        self.server = self.factory.server_class
        self.server.protocol_connected(self)
        self.socket_opened = self.last_ping = time.time()
        peer = transport.getPeer()
        self.client_addr = [peer.host, peer.port]
        self.handshake_deferred: Deferred[None] = Deferred()
        self.handshake_deferred.addCallbacks(self.succeedHandshake, self._refuse)
        scope = {
            "type": "websocket",
            "path": path.decode(),
            "raw_path": path,
            "headers": headers,
            "query_string": query,
            "client": self.client_addr,
            "subprotocols": [],
        }
        self.applicationCreateWorked(self.server.create_application(self, scope))

    def _refuse(self, why: Failure) -> None:
        denial: Any = why.value
        self.failHandshake(denial.reason, denial.code)
