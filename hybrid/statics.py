"""Static files from memory, before Django: a first visit costs as little as a health check."""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from hybrid.encodings import accepted

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]

WORDS = ("text/", "application/javascript", "application/json", "image/svg")  # types worth compressing
MOST = 2000  # answers in memory


class StaticFiles:
    """WhiteNoise's files in front of an application; what it does not have is the application's."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._files: WhiteNoiseMiddleware | None = None
        self._prefix = urlsplit(settings.STATIC_URL).path
        self._answer = self._read if settings.DEBUG else lru_cache(MOST)(self._read)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer with a file, else let the application answer."""
        answer = None
        if scope["path"].startswith(self._prefix) and scope["method"] in ("GET", "HEAD"):
            headers = dict(scope["headers"])
            if b"range" in headers:  # of a video: too many different ones to be kept
                answer = self._read(scope["path"], "", headers[b"range"].decode("latin-1"))
            else:
                answer = self._answer(scope["path"], accepted(headers.get(b"accept-encoding", b"")))
        if answer is None:
            return await self._application(scope, receive, send)
        status, found, body = _unchanged(answer, headers.get(b"if-none-match", b""))
        await send({"type": "http.response.start", "status": status, "headers": found})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _read(self, path: str, encoding: str, part: str = "") -> Answer | None:
        """The answer for a client that accepts this encoding, with all or a part ("bytes=0-99"); None for no file."""
        if self._files is None:  # its files are collected at the start, which may be after ours
            self._files = WhiteNoiseMiddleware(_nothing)
        find = self._files.find_file if self._files.autorefresh else self._files.files.get
        found = find(path)
        if found is None:
            return None
        asked = {"HTTP_ACCEPT_ENCODING": {"br": "br", "gzip": "gzip"}.get(encoding, "")}
        response = found.get_response("GET", asked | ({"HTTP_RANGE": part} if part else {}))
        with response.file or BytesIO() as file:
            body = file.read()
        headers = [(name.lower().encode(), value.encode()) for name, value in response.headers]
        kind = dict(headers).get(b"content-type", b"").decode()
        if encoding == "br" and b"content-encoding" not in dict(headers) and kind.startswith(WORDS):
            body = brotli.compress(body, quality=5)
            headers = [(name, value) for name, value in headers if name != b"content-length"]
            headers += [(b"content-encoding", b"br"), (b"vary", b"Accept-Encoding")]
            headers.append((b"content-length", str(len(body)).encode()))
        return int(HTTPStatus(response.status)), headers, body


def _nothing(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError("WhiteNoise is asked for files only")


def _unchanged(answer: Answer, tag: bytes) -> Answer:
    """The answer, or 304 for who has it already."""
    status, headers, _body = answer
    if not tag or dict(headers).get(b"etag") != tag:
        return answer
    return 304, [(name, value) for name, value in headers if name not in (b"content-length", b"content-type")], b""
