"""Frames and how their bytes reach a socket: the broadcast fast path."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

TEXT = 0x81  # FIN and opcode 1, RFC 6455 section 5.2
ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)  # json.dumps would make one for each frame


def frame(message: dict[str, Any]) -> bytes:
    """A JSON message as one unmasked websocket text frame."""
    payload = ENCODER.encode(message).encode()
    size = len(payload)
    if size < 126:
        return bytes((TEXT, size)) + payload
    if size < 65_536:
        return bytes((TEXT, 126)) + size.to_bytes(2, "big") + payload
    return bytes((TEXT, 127)) + size.to_bytes(8, "big") + payload


def payloads(frames: bytes) -> list[str]:
    """The texts of concatenated frames made by `frame`, for servers that frame themselves."""
    texts, at = [], 0
    while at < len(frames):
        size, at = frames[at + 1], at + 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size, at = int.from_bytes(frames[at : at + width], "big"), at + width
        texts.append(frames[at : at + size].decode())
        at += size
    return texts


class Wire(Protocol):
    """One socket's way out."""

    def send(self, frames: bytes) -> int:
        """Hand over whole frames in order without blocking; returns the backlog."""

    def backlog(self) -> int:
        """Bytes handed over that the kernel has not taken yet."""


class AsgiWire:
    """Ordinary ASGI sends through one queue: for servers that offer no direct way."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._backlog = 0
        self._task = asyncio.create_task(self._drain())

    def send(self, frames: bytes) -> int:
        self._backlog += len(frames)
        self._queue.put_nowait(frames)
        return self._backlog

    def backlog(self) -> int:
        return self._backlog

    async def _drain(self) -> None:
        while True:
            frames = await self._queue.get()
            for text in payloads(frames):
                await self._send({"type": "websocket.send", "text": text})
            self._backlog -= len(frames)

    def close(self) -> None:
        self._task.cancel()
