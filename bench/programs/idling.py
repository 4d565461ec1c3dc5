"""Connections of one address that only take up room: sockets that join nothing and bodies that drip. Runs until killed.

`python -m bench.programs.idling PORT SOCKETS BODIES`; a line with how many of each are open, once a second.
"""

import asyncio
import random
import resource
import sys
from typing import Any

from bench.herd import handshake

ADDRESS = "127.0.0.2"
BODY = b"POST /people/enter/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n"
DRIP = 5.0  # seconds between two bytes
AWAY = 3.0  # seconds until one that was closed comes back, on average


class Idler(asyncio.Protocol):
    """One connection, opened again whenever it is closed."""

    def __init__(self, port: int, opening: bytes, drips: bool) -> None:
        self.port, self.opening, self.drips, self.up = port, opening, drips, False

    async def stay(self) -> None:
        """Connect again and again, and drip meanwhile."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await loop.create_connection(lambda: self, "127.0.0.1", self.port, local_addr=(ADDRESS, 0))
            except OSError:
                await asyncio.sleep(AWAY)
            while self.up:
                await asyncio.sleep(DRIP)
                if self.drips and self.up:
                    self.transport.write(b"x")
            await asyncio.sleep(random.uniform(0, 2 * AWAY))

    def connection_made(self, transport: Any) -> None:
        self.transport, self.up = transport, True
        transport.write(self.opening)

    def connection_lost(self, error: Exception | None) -> None:
        self.up = False


async def main(port: int, sockets: int, bodies: int) -> None:
    """Open them, a few at a time, and keep them."""
    idlers = [Idler(port, handshake(port, ""), False) for _ in range(sockets)]
    drippers = [Idler(port, BODY, True) for _ in range(bodies)]
    tasks = []
    for number, one in enumerate([*idlers, *drippers], 1):
        tasks.append(asyncio.create_task(one.stay()))
        if number % 50 == 0:
            await asyncio.sleep(0.1)
    while True:
        print(sum(one.up for one in idlers), sum(one.up for one in drippers), flush=True)
        await asyncio.sleep(1)


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(main(*map(int, sys.argv[1:])))
