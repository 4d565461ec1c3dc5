"""The floor: an asyncio loop that does nothing but write a ready frame to every transport."""

import asyncio
import base64
import hashlib
import re
import sys
import time
from itertools import count

from bench.subjects.message import message
from live.wire import frame

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 section 1.3
transports: dict[asyncio.Transport, None] = {}  # in the order they came, which is the fastest to walk
numbers = count(1)


class Bare(asyncio.Protocol):
    """Answers the handshake; what clients say later is not read."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.transport in transports or not self.received.endswith(b"\r\n\r\n"):
            return
        key = re.search(rb"Sec-WebSocket-Key: (\S+)", self.received)[1]
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
        head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self.transport.write(head + b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
        transports[self.transport] = None

    def connection_lost(self, error: Exception | None) -> None:
        transports.pop(self.transport, None)


async def broadcast(times: int, room: str) -> None:
    """Write `times` frames, each with one write per socket; tell the moment of the first."""
    print(time.monotonic(), flush=True)
    for _ in range(times):
        data = frame(message(room, next(numbers)))
        for transport in transports:
            transport.write(data)
        await asyncio.sleep(0)


async def main(port: int) -> None:
    """Serve until stdin ends, obeying its lines "count room"."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    server = await loop.create_server(Bare, "127.0.0.1", port, backlog=4096)
    while line := await reader.readline():
        times, room = line.decode().split()
        await broadcast(int(times), room)
    server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
