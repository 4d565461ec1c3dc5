"""A crowd of websocket clients in one process: raw sockets and epoll, so that it outruns any server on one core."""

import json
import select
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle

from bench.subjects.message import MARKER

BATCH = 50  # handshakes under way at once; stock Daphne's listen queue is short
PATIENCE = 30.0  # seconds without any byte


def _masked(control: object) -> bytes:
    """A control frame, masked with zeros."""
    payload = json.dumps(control).encode()
    return bytes((0x81, 0x80 | len(payload), 0, 0, 0, 0)) + payload


class Crowd:
    """`count` open websockets to a local port; counts markers, and frames only through them."""

    def __init__(self, port: int, count: int, room: str = "", languages: Sequence[str] = ("en",)) -> None:
        """With a room each joins it at once: the product closes who joins nothing in 10 s. The languages in turn."""
        self.port, self._languages = port, cycle(languages)
        self._join = _masked({"join": {room: 0}}) if room else b""
        self.poll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}
        self.counts: dict[int, int] = {}
        self._buffer = bytearray(1 << 18)
        self._half: set[int] = set()  # sockets whose last byte was a marker's first
        while len(self.sockets) < count:
            self._open(min(BATCH, count - len(self.sockets)))
        if room:
            self.receive(1, b'"joined"')

    def _open(self, count: int) -> None:
        """Connect and shake hands with `count` sockets at once."""
        opened = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            one.sendall(self._handshake(next(self._languages)))
            opened.append(one)
        for one in opened:
            answer = b""
            while not answer.endswith(b"\r\n\r\n"):  # the server says nothing more before it is asked
                answer += one.recv(4096) or b"\r\n\r\n"
            if b" 101 " not in answer:
                raise ConnectionError(f"No websocket: {answer[:200]!r}")
            if self._join:
                one.sendall(self._join)
            one.setblocking(False)
            self.sockets[one.fileno()] = one
            self.poll.register(one, select.EPOLLIN)

    def _handshake(self, language: str) -> bytes:
        here = f"localhost:{self.port}"
        return (
            f"GET /live/?lang={language} HTTP/1.1\r\nHost: {here}\r\nOrigin: http://{here}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        ).encode()

    def receive(self, each: int, marker: bytes = MARKER) -> float:
        """Read until every socket has had `each` markers, no more; the moment of the last one."""
        self.counts = dict.fromkeys(self.sockets, 0)
        self._half.clear()
        missing = each * len(self.sockets)
        while missing > 0:
            ready = self.poll.poll(PATIENCE)
            if not ready:
                raise TimeoutError(f"{missing} messages are missing on port {self.port}")
            for fd, _ in ready:
                missing -= self._read(fd, marker)
        moment = time.monotonic()
        if set(self.counts.values()) != {each}:
            raise RuntimeError(f"Some sockets on port {self.port} got a message twice and others not at all")
        return moment

    def _read(self, fd: int, marker: bytes) -> int:
        """The markers in what one socket has for us."""
        buffer = self._buffer
        size = self.sockets[fd].recv_into(buffer)
        if not size:
            raise ConnectionError("The server closed a socket")
        found = buffer.count(marker, 0, size)
        if fd in self._half:
            self._half.discard(fd)
            found += buffer[0] == marker[1]
        if buffer[size - 1] == marker[0]:
            self._half.add(fd)
        self.counts[fd] += found
        return found

    def close(self) -> None:
        """Hang up."""
        for one in self.sockets.values():
            with suppress(OSError):
                one.close()
        self.poll.close()
