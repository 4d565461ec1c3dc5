"""Thousands of sockets in one asyncio process. Each keeps its own ledger of one room and comes back from its cursor."""

import asyncio
import json
import random
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence

AT_ONCE = 100  # handshakes and joins under way
LONGEST_WAIT = 8.0  # seconds between two attempts, as in live.js


def masked(payload: bytes, opcode: int = 1) -> bytes:
    """A client's frame, masked with zeros."""
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else bytes((0x80 | 126,)) + size.to_bytes(2, "big")
    return bytes((0x80 | opcode,)) + length + bytes(4) + payload


def handshake(port: int, cookie: str) -> bytes:
    """The request that opens a socket."""
    return (
        f"GET /live/?lang=en HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"
        f"Cookie: sessionid={cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()


def whole(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """(first byte, payload) of each whole frame of a server, and the bytes that begin the next."""
    found, at = [], 0
    while len(data) >= at + 2:
        size, start = data[at + 1], at + 2
        if size >= 126:
            width = 2 if size == 126 else 8
            start += width
            size = int.from_bytes(data[at + 2 : start], "big")
        if len(data) < start + size:
            break
        found.append((data[at], data[start : start + size]))
        at = start + size
    return found, data[at:]


class Member(asyncio.Protocol):
    """One client over all its connections, as live.js would be."""

    __slots__ = ("attempts", "cookie", "cursor", "herd", "joined", "leaving", "port", "rest", "transport", "upgraded")

    def __init__(self, herd: "Herd", port: int, cookie: str) -> None:
        self.herd, self.port, self.cookie, self.cursor = herd, port, cookie, herd.began
        self.attempts, self.joined, self.leaving = 0, False, False

    async def connect(self) -> None:
        """Open the socket, or try again later."""
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)
        except OSError:
            self._again()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.rest, self.upgraded = transport, b"", False
        transport.write(handshake(self.port, self.cookie))

    def data_received(self, data: bytes) -> None:
        data = self.rest + data
        if not self.upgraded:
            head, end, rest = data.partition(b"\r\n\r\n")
            if not end:
                self.rest = data
                return
            if b" 101 " not in head[:20]:
                self.herd.refused += 1
                self.transport.abort()
                return
            self.upgraded, data = True, rest
            if not self.herd.joins:
                self._is_up()
                return
            self.transport.write(masked(json.dumps({"join": {self.herd.room: self.cursor}}).encode()))
        frames, self.rest = whole(data)
        for opcode, payload in frames:
            if opcode == 0x81:
                self._saw(json.loads(payload))
            elif opcode == 0x89:  # a ping
                self.transport.write(masked(payload, opcode=10))
            elif opcode == 0x88:
                self.herd.codes[int.from_bytes(payload[:2], "big")] += 1

    def _saw(self, frame: dict) -> None:
        """Write a frame into the ledger."""
        kind, herd = frame["t"], self.herd
        if frame.get("room") != herd.room:
            return
        if kind == "event":
            seq = frame["seq"]
            herd.wrong["lost"] += max(0, seq - self.cursor - 1)
            herd.wrong["doubled or reordered"] += seq <= self.cursor
            self.cursor = max(seq, self.cursor)
            herd.came[seq].append(time.time())
        elif kind in ("joined", "head"):
            herd.wrong["lost"] += frame["seq"] - self.cursor
            self.cursor = frame["seq"]
            if kind == "joined" and not self.joined:
                self._is_up()
        elif kind == "snapshot":
            herd.wrong["snapshots"] += 1

    def _is_up(self) -> None:
        self.joined, self.attempts = True, 0
        self.herd.up += 1

    def connection_lost(self, error: Exception | None) -> None:
        if self.joined:
            self.joined = False
            self.herd.up -= 1
        self.herd.dropped += not self.leaving
        self._again()

    def _again(self) -> None:
        """Come back as live.js does."""
        if self.leaving:
            return
        wait = min(LONGEST_WAIT, 0.5 * 2**self.attempts)
        self.attempts += 1
        loop = asyncio.get_running_loop()
        loop.call_later(wait / 2 + random.random() * wait, lambda: self.leaving or loop.create_task(self.connect()))

    def leave(self) -> None:
        """Hang up for good."""
        self.leaving = True
        self.transport.abort()


class Herd:
    """All of them. `up`: joined now; `dropped`: connections lost; `wrong`: what the ledgers say, all 0 when right.

    Without `joins` a socket is up as soon as it is accepted.
    """

    def __init__(self, ports: Sequence[int], room: str, cookies: Sequence[str], joins: bool = True) -> None:
        self.ports, self.room, self.cookies, self.joins = ports, room, cookies, joins
        self.began = 0  # the cursor of those who come
        self.members: list[Member] = []
        self.up = self.dropped = self.refused = 0
        self.codes: Counter[int] = Counter()
        self.wrong: Counter[str] = Counter({"lost": 0, "doubled or reordered": 0})
        self.came: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))  # seq -> when it came, everywhere

    async def grow(self, count: int) -> float:
        """Open and join `count` more, AT_ONCE at a time; the seconds it took."""
        began, target = time.monotonic(), self.up + count
        for number in range(count):
            place = len(self.members)
            member = Member(self, self.ports[place % len(self.ports)], self.cookies[place % len(self.cookies)])
            self.members.append(member)
            await member.connect()
            while number + 1 - (self.up - target + count) >= AT_ONCE:
                await asyncio.sleep(0.001)
        await self.until(target)
        return time.monotonic() - began

    async def until(self, up: int, patience: float = 120.0) -> float:
        """Wait until so many are joined; the seconds it took. Raises TimeoutError."""
        began = time.monotonic()
        while self.up < up:
            if time.monotonic() - began > patience:
                raise TimeoutError(f"{self.up} of {up} sockets are up, refused {self.refused}, codes {self.codes}")
            await asyncio.sleep(0.02)
        return time.monotonic() - began

    def drop(self) -> None:
        """Lose every link at once; each client comes back by itself."""
        for member in self.members:
            member.transport.abort()

    async def close(self) -> None:
        """Hang up."""
        for member in self.members:
            member.leave()
        await asyncio.sleep(0.1)
