"""The way in: pages that are the same for many are answered before Django, from copies (hybrid/copies.py).

Everything else, and whatever goes wrong here, is Django's to answer.
"""

import asyncio
import hashlib
import io
import time
from functools import partial
from typing import Any

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string

from common.shared import is_shared, is_shared_at_once
from hybrid import line
from hybrid.asked import Asked, cookies_of
from hybrid.copies import LOOK, Copies, Copy
from hybrid.encodings import LONGEST, SharedBody, accepted
from hybrid.handler import ThreadedHandler
from hybrid.line import Answer
from hybrid.visitors import STRANGER, Visitor, visitor_of
from hybrid.workers import InLine, workers
from live import hub
from people.templatetags.own import MARK

SAFE = ("GET", "HEAD")
WROTE = "wrote"  # what processes tell each other: who has written
MOST_WRITERS = 50_000  # that are remembered
LONGEST_QUERY = 500  # bytes; nobody types more into a filter
MESSAGES = "messages"  # Django's cookie: something is to be told once
DROPPED = {b"content-length", b"vary", b"cache-control", b"etag"}
VARY = (b"vary", b"Cookie, Accept-Language, Accept-Encoding, HX-Request, HX-History-Restore-Request")


class Pages:
    """Shared pages of this process, in front of Django's handler."""

    def __init__(self, handler: ThreadedHandler) -> None:
        self._handler = handler
        self._hub: Any = None
        self._wrote: dict[str, int] = {}  # who has written, by _digest -> the hub's milliseconds

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer from a copy, else let Django answer."""
        answer = None
        if scope["method"] in SAFE and is_shared(scope["path"]):
            answer = await self.answer(scope)
        if answer is None:
            return await self._handler(scope, receive, self._noting(scope, send) if line.is_write(scope) else send)
        await line.give(scope, send, answer)

    async def answer(self, scope: dict[str, Any]) -> Answer | None:
        """Status, headers and body of a shared page; None when Django is to answer."""
        try:
            return await self._answer(scope)
        except InLine:
            return line.away(scope)

    def _noting(self, scope: dict[str, Any], send: Any) -> Any:
        """`send`, which first notes who has written: pages drawn before that are old to them."""
        self._listen()
        key = cookies_of(dict(scope["headers"]).get(b"cookie", b"")).get(settings.SESSION_COOKIE_NAME, "")

        async def noting(message: dict[str, Any]) -> None:
            if key and message["type"] == "http.response.start":
                digest = _digest(key)
                self.touched(WROTE, "", digest)
                self._hub.tell_others(WROTE, "", digest)
            await send(message)

        return noting

    async def _answer(self, scope: dict[str, Any]) -> Answer | None:
        headers = dict(scope["headers"])
        cookies = cookies_of(headers.get(b"cookie", b""))
        if MESSAGES in cookies or b"whole" in scope["query_string"] or len(scope["query_string"]) > LONGEST_QUERY:
            return None
        self._listen()
        key = cookies.get(settings.SESSION_COOKIE_NAME, "")
        since = self._wrote.get(_digest(key), 0) if key and self._wrote else 0
        asked = Asked.by(scope, headers, cookies)
        try:
            visitor = await self._visitor(key, since)
            draw = partial(self._draw, scope, asked, visitor)
            newer_than = self._hub.milliseconds() - 1 if is_shared_at_once(scope["path"]) else since
            copy = await self._copies.get((asked, visitor.cohort), newer_than, draw)
        except InLine:
            raise
        except Exception:  # the database is away: Django says so
            return None
        return _response(copy, visitor, headers, cookies) if copy else None

    def _listen(self) -> None:
        """Hear of what ends copies, from the hub of this event loop."""
        running = hub.running()
        if running is self._hub:
            return
        self._hub = running
        self._copies = Copies(running)
        running.listeners.append(self)
        running.every(LOOK, self._copies.look)

    def reached(self, key: str, head: int) -> None:
        """A room has moved on."""
        self._copies.reached(key, head)

    def touched(self, key: str, kind: str, item: str) -> None:
        """Somebody has written, here or in another process."""
        if key == WROTE:
            if len(self._wrote) >= MOST_WRITERS:
                self._wrote.clear()
            self._wrote[item] = self._hub.milliseconds()

    def rechecked(self, participants: set[int], rooms: set[str]) -> None:
        """Rights have changed."""
        if rooms:
            self._copies.end_all()

    async def _visitor(self, session_key: str, since: int) -> Visitor:
        if not session_key.isascii() or not session_key.isalnum():
            return STRANGER
        newer_than = time.monotonic() - (self._hub.milliseconds() - since) / 1000 if since else 0.0
        return visitor_of(await self._hub.sign_ins.user(session_key, newer_than))

    async def _draw(self, scope: dict[str, Any], asked: Asked, visitor: Visitor) -> Copy | None:
        """The page as the visitor's cohort sees it; None when it is not a page for many."""
        respond = partial(self._handler.respond, asked.scope(scope, visitor.cohort), io.BytesIO())
        response: Any = await workers.run(respond, inside=True)
        if response.status_code != 200 or response.streaming:
            return None
        headers = [
            (name.lower().encode("ascii"), value.encode("latin1"))
            for name, value in response.items()
            if name.lower().encode("ascii") not in DROPPED
        ]
        start, mark, end = response.content.partition(MARK.encode())
        tag = hashlib.blake2b(response.content, digest_size=8).hexdigest()
        copy = Copy(headers, SharedBody(start), end if mark else None, tag, dict(response.live_rooms))
        await asyncio.to_thread(copy.body.with_end, b"", accepted(dict(scope["headers"]).get(b"accept-encoding", b"")))
        return copy


def _response(copy: Copy, visitor: Visitor, headers: dict[bytes, bytes], cookies: dict[str, str]) -> Answer:
    """Status, headers and body for one visitor."""
    end = b"" if copy.end is None else visitor.own + copy.end
    tag = f'W/"{copy.tag}-{visitor.participant_id or 0}"'.encode()
    own = [(b"etag", tag), (b"cache-control", b"private, no-cache"), VARY]
    if visitor.participant_id and settings.CSRF_COOKIE_NAME not in cookies:
        own.append((b"set-cookie", _token_cookie()))
    if headers.get(b"if-none-match") == tag:
        return 304, own, b""
    encoding = accepted(headers.get(b"accept-encoding", b"")) if len(end) <= LONGEST else ""
    body = copy.body.with_end(end, encoding)
    if encoding:
        own.append((b"content-encoding", encoding.encode()))
    return 200, [*copy.headers, *own, (b"content-length", str(len(body)).encode())], body


def _digest(session_key: str) -> str:
    """The sign-in as processes name it to each other: nobody signs in by that."""
    return hashlib.blake2b(session_key.encode("latin1", "replace"), digest_size=12).hexdigest()


def _token_cookie() -> bytes:
    """A token against forged requests for who has lost theirs."""
    attributes = f"; Path=/; Max-Age={settings.CSRF_COOKIE_AGE}; SameSite={settings.CSRF_COOKIE_SAMESITE}"
    secure = "; Secure" if settings.CSRF_COOKIE_SECURE else ""
    return f"{settings.CSRF_COOKIE_NAME}={_get_new_csrf_string()}{attributes}{secure}".encode()
