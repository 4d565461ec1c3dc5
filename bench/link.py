"""One raw websocket: it joins a room and hands each frame over as bytes."""

import asyncio
import json
from typing import Any

from bench.herd import handshake, masked, whole


class Link(asyncio.Protocol):
    """A client's socket. `saw(payload)` gets each frame; `joined` is set when all its rooms have been joined.

    It joins `room` from the beginning, or the rooms of `heads` from there, as the page that says so.
    """

    def __init__(self, port: int, cookie: str, room: str, heads: dict[str, int] | None = None) -> None:
        self.port, self.cookie, self.room = port, cookie, room
        self._heads = heads or {room: 0}
        self._missing = len(self._heads)
        self.joined, self.lost = asyncio.Event(), False
        self.code: int | None = None  # with which the server has closed it
        self._rest, self._upgraded = b"", False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(handshake(self.port, self.cookie))

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        if not self._upgraded:
            _head, end, rest = data.partition(b"\r\n\r\n")
            if not end:
                self._rest = data
                return
            self._upgraded, data = True, rest
            self.send({"join": self._heads})
        frames, self._rest = whole(data)
        for opcode, payload in frames:
            if opcode == 0x89:  # a ping: who does not answer is gone after a while
                self.transport.write(masked(payload, opcode=10))
            elif opcode == 0x88:
                self.code = int.from_bytes(payload[:2], "big")
            if payload.startswith(b'{"t":"joined"'):
                self._missing -= 1
                if not self._missing:
                    self.joined.set()
            self.saw(payload)

    def saw(self, payload: bytes) -> None:
        """A frame has come."""

    def send(self, told: dict[str, Any]) -> None:
        """Send a control frame."""
        self.transport.write(masked(json.dumps(told).encode()))

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True


async def open_all(links: list[Any], patience: float, at_once: int = 100) -> None:
    """Connect and join, `at_once` at a time; raises TimeoutError after `patience` seconds."""
    loop = asyncio.get_running_loop()
    for at in range(0, len(links), at_once):
        some = links[at : at + at_once]
        await asyncio.gather(*(loop.create_connection(lambda one=one: one, "127.0.0.1", one.port) for one in some))
        await asyncio.gather(*(asyncio.wait_for(one.joined.wait(), patience) for one in some))
