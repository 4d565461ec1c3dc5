"""What people get while the house is full: a page so light that it costs nothing, and that comes in by itself."""

import random
from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]  # status, headers, body

SOONEST, LATEST = 2, 6  # seconds after which the page asks again: spread, so that not all come at once

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="{seconds}">
<title>One moment, you are in line</title></head>
<body><main><h1>One moment, you are in line</h1>
<p>Many people are coming in right now. This page goes on by itself in {seconds} seconds; you lose nothing.</p>
</main></body></html>
"""
FRAGMENT = '<p data-live-refusal role="alert">Many people are coming in right now. Try again in {seconds} seconds.</p>'


def is_write(scope: dict[str, Any]) -> bool:
    """Whether a request may change something."""
    return scope["method"] not in ("GET", "HEAD", "OPTIONS")


def is_inside(scope: dict[str, Any]) -> bool:
    """Whether a request is of somebody who is inside already: a write, or a part of an open page."""
    return is_write(scope) or any(name == b"hx-request" for name, _ in scope["headers"])


def away(scope: dict[str, Any]) -> Answer:
    """503 with Retry-After: a page that asks again by itself, for an open page a sentence."""
    seconds = random.randint(SOONEST, LATEST)
    body = (FRAGMENT if is_inside(scope) else PAGE).format(seconds=seconds).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", str(seconds).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'"),
    ]
    return 503, headers, body


async def give(scope: dict[str, Any], send: Send, answer: Answer) -> None:
    """Send an answer, without its body to who asks for the head only."""
    status, headers, body = answer
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
