"""A websocket client that behaves like live.js and remembers everything it was sent."""

import asyncio
import json
import re
import uuid
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed


class Client:
    """One socket; `frames` holds what arrived, in order."""

    def __init__(
        self, port: int, cookie: str = "", origin: str | None = None, forwarded: str = "", language: str = "en"
    ) -> None:
        self.port = port
        self.cookie = cookie
        self.language = language
        self.forwarded = forwarded  # whom a proxy says it is for
        self.origin = origin or f"http://localhost:{port}"
        self.language = language
        self.frames: list[dict[str, Any]] = []
        self.code: int | None = None

    async def __aenter__(self) -> "Client":
        headers = {"Cookie": f"sessionid={self.cookie}"} if self.cookie else {}
        headers |= {"X-Forwarded-For": self.forwarded} if self.forwarded else {}
        self.socket: ClientConnection = await connect(
            f"ws://localhost:{self.port}/live/?lang={self.language}",
            origin=self.origin,
            additional_headers=headers,
            max_size=None,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        with suppress(ConnectionClosed):
            await self.socket.close()
        await self._reader

    async def _read(self) -> None:
        try:
            async for text in self.socket:
                self.frames.append(json.loads(text))
        except ConnectionClosed:
            pass
        self.code = self.socket.close_code

    async def join(self, **rooms: int) -> None:
        """Join rooms, e.g. session_12=0, and wait until that is answered."""
        wanted = {key.replace("_", ":"): cursor for key, cursor in rooms.items()}
        before = len(self.frames)
        await self.socket.send(json.dumps({"join": wanted}))
        await self.until(lambda: self.code or {f["room"] for f in self.frames[before:] if answer(f)} >= set(wanted))

    async def say(self, kind: str, data: Any) -> dict[str, Any]:
        """Say something upstream and wait for the reply to it."""
        key = uuid.uuid4().hex
        await self.socket.send(json.dumps({"say": kind, "id": key, "data": data}))
        await self.until(lambda: self.code or any(frame.get("id") == key for frame in self.frames), 30)
        return next((frame for frame in self.frames if frame.get("id") == key), {"status": self.code})

    async def until(self, done: Any, seconds: float = 15) -> None:
        """Wait for a condition; fails with what has arrived."""
        for _ in range(int(seconds * 100)):
            if done():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"Not in {seconds} s; code {self.code}, frames {self.frames[-5:]}")

    def events(self, room: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["t"] == "event" and frame["room"] == room]

    def seqs(self, room: str) -> list[int]:
        return [frame["seq"] for frame in self.events(room)]

    def texts(self, room: str) -> list[str]:
        """The texts of chat messages, in the order they came."""
        html = " ".join(frame["html"] for frame in self.events(room))
        return re.findall(r'class="message-text" dir="auto">([^<]*)<', html)

    def counts(self) -> dict[str, int]:
        """Room -> followers, by the last word on it."""
        counts: dict[str, int] = {}
        for frame in self.frames:
            if frame["t"] == "presence":
                counts |= frame["counts"]
        return counts


def answer(frame: dict[str, Any]) -> bool:
    return frame["t"] in ("joined", "snapshot", "refused")
