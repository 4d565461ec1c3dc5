"""How soon open sockets follow a ban, on the process that bans nobody: with Redis, and with Redis standing still."""

import asyncio
import os
import signal
import time
from contextlib import AsyncExitStack
from typing import Any

import redis as redis_client

from bench.place import Place, installation, percentile
from tests import servers
from tests.live.client import Client

NAME = "revoke"
BANS = 20


class Watched(Client):
    """A client that knows when it was closed (time.time)."""

    at = 0.0

    async def _read(self) -> None:
        await super()._read()
        self.at = time.time()


async def bans(place: Place, first: int) -> list[float]:
    """Ban BANS participants one after the other; the seconds until each one's socket was closed with 4403."""
    numbers = range(first, first + BANS)
    async with AsyncExitStack() as exits:
        clients: dict[str, Any] = {}
        for number in numbers:
            client = await exits.enter_async_context(Watched(place.ports[number % 2], place.cookies[number]))
            await client.join(**{place.room: 0})
            clients[str(place.people[number])] = client
        people = [place.people[number] for number in numbers]
        banned = await asyncio.to_thread(place.call, "bench.programs.writing:ban", people=people, session=place.session)
        for client in clients.values():
            await client.until(lambda client=client: client.at, 30)
        assert {client.code for client in clients.values()} == {4403}
        return [max(0.0, clients[pk].at - at) for pk, at in banned.items()]


def main() -> None:
    """Run and report."""
    with servers.redis_server() as redis, installation(2 * BANS, redis=redis) as place:
        ringing = asyncio.run(bans(place, 0))
        pid = redis_client.Redis.from_url(redis).info("server")["process_id"]
        os.kill(pid, signal.SIGSTOP)
        try:
            silent = asyncio.run(bans(place, BANS))
        finally:
            os.kill(pid, signal.SIGCONT)
    print(f"{BANS} bans each, two processes; seconds from the commit to the close")
    for name, told in (("with Redis", ringing), ("Redis stands still", silent)):
        print(f"{name:<20} p50 {percentile(told, 50):.2f}  most {max(told):.2f}")
    print(f"revoke: {max(ringing):.2f} s, {max(silent):.2f} s with Redis down")
