"""Listeners that reconnect as live.js does, and writers that repeat until acknowledged."""

import asyncio
import json
import random
import re
import uuid
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.faults.ledger import Ledger, Listener

SILENCE = 10.0  # seconds without a frame after which the link is dead, as in live.js


class Way:
    """How a client reaches the servers: by the port `first` until that fails, from then on by any of `ports`."""

    def __init__(self, ports: list[int], first: int | None = None) -> None:
        self._ports, self._first = ports, first

    def port(self) -> int:
        return self._first or random.choice(self._ports)

    def failed(self) -> None:
        self._first = None


async def listen(ledger: Ledger, listener: Listener, way: Way, room: str, cookie: str, catch_up: bool) -> None:
    """Follow the room for ever from whichever process answers, from the cursor; without `catch_up` from the newest."""
    cursor, attempt, clock = listener.began, 0, asyncio.get_running_loop()
    while True:
        delay = min(8.0, 0.5 * 2**attempt) * random.uniform(0.5, 1.5)
        port = way.port()
        with suppress(OSError, WebSocketException, TimeoutError, ValueError):
            origin = f"http://127.0.0.1:{port}"
            headers = {"Cookie": f"sessionid={cookie}"}
            url = f"ws://127.0.0.1:{port}/live/?lang=en"
            options = {"open_timeout": SILENCE, "close_timeout": 1, "ping_interval": None, "compression": None}
            async with (
                connect(url, origin=origin, additional_headers=headers, **options) as socket,
                asyncio.timeout(SILENCE) as silence,
            ):
                if not catch_up:
                    cursor = max(ledger.acknowledged.values(), default=0)
                await socket.send(json.dumps({"join": {room: cursor}}))
                while True:
                    frame = json.loads(await socket.recv())
                    silence.reschedule(clock.time() + SILENCE)
                    if frame["t"] == "event" and frame["room"] == room:
                        listener.saw(frame["seq"])
                        cursor = max(cursor, frame["seq"])
                    elif frame["t"] in ("head", "joined") and frame["room"] == room:
                        cursor, attempt = max(cursor, frame["seq"]), 0
                    elif frame["t"] == "snapshot":  # too much was missed: a fresh page says where to go on
                        head, shown = await asyncio.wait_for(_page(port, room, cookie), SILENCE)
                        listener.took_page(cursor, head, shown)
                        cursor = max(cursor, head)
                        await socket.send(json.dumps({"join": {room: cursor}}))
                    elif frame["t"] == "bye":
                        delay = frame["delay"] / 1000
        way.failed()
        attempt += 1
        await asyncio.sleep(delay)


async def _page(port: int, room: str, cookie: str) -> tuple[int, set[int]]:
    """The seq that a session's page stands for, and those of the messages on it; ValueError when there is no page."""
    request = f"GET /sessions/{room.partition(':')[2]}/ HTTP/1.1\r\nHost: localhost:{port}\r\n"
    page = await _exchange(port, f"{request}Cookie: sessionid={cookie}\r\nConnection: close\r\n\r\n")
    found = re.search(r'id="live-rooms"[^>]*>([^<]*)<', page)
    if " 200 " not in page[:20] or not found:
        raise ValueError(page[:200])
    return int(json.loads(found[1])[room]), {int(seq) for seq in re.findall(r'data-seq="(\d+)"', page)}


async def _exchange(port: int, request: str) -> str:
    """One HTTP request and its whole answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request.encode())
        return (await reader.read()).decode()
    finally:
        writer.close()


class Writer:
    """Posts messages as the composer does: the same id again and again until it is acknowledged."""

    def __init__(self, ledger: Ledger, way: Way, session: int, cookie: str) -> None:
        self.ledger, self.way, self.session, self.cookie = ledger, way, session, cookie

    async def write(self, every: float, stop: asyncio.Event) -> None:
        """A message each `every` seconds until `stop`; the last one is still brought through."""
        await asyncio.sleep(random.uniform(0, every))
        while not stop.is_set():
            client_id = str(uuid.uuid4())
            self.ledger.submit(client_id)
            while True:
                with suppress(OSError, TimeoutError, ValueError):
                    self.ledger.acknowledge(client_id, await asyncio.wait_for(self._post(client_id), 5))
                    break
                self.way.failed()
                await asyncio.sleep(0.5)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)

    async def _post(self, client_id: str) -> int:
        """The seq of the acknowledgement; raises when there is none."""
        body = f"text=m&client_id={client_id}&csrfmiddlewaretoken={TOKEN}"
        port = self.way.port()
        request = (
            f"POST /sessions/{self.session}/chat/ HTTP/1.1\r\nHost: localhost:{port}\r\nHX-Request: true\r\n"
            f"Cookie: sessionid={self.cookie}; csrftoken={TOKEN}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{body}"
        )
        answer = await _exchange(port, request)
        if " 200 " not in answer[:20]:
            raise ValueError(answer[:200])
        found = re.search(r'data-seq="(\d+)"', answer)
        if not found:
            raise ValueError("cut off")
        return int(found[1])


TOKEN: Any = "t" * 32
