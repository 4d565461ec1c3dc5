"""HTTP as a signed-in browser's htmx sends it, many at once; and as somebody's browser goes from page to page."""

import asyncio
import http.client
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

TOKEN = "a" * 32
_threads = ThreadPoolExecutor(80, "browser")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status_code: int
    text: str
    url: str = ""  # where redirects have led


@dataclass(frozen=True)
class Browser:
    """One participant's session at one server process."""

    port: int
    cookie: str

    async def post(self, path: str, **data: Any) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(_threads, self.post_now, path, data)

    def post_now(self, path: str, data: dict[str, Any]) -> Answer:
        connection = self._sent(path, data)
        try:
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())
        finally:
            connection.close()

    def post_and_leave(self, path: str, data: dict[str, Any]) -> None:
        """As somebody presses a button and closes the page at once: nobody waits for the answer."""
        self._sent(path, data).close()

    def _sent(self, path: str, data: dict[str, Any]) -> http.client.HTTPConnection:
        headers = {
            "Cookie": f"sessionid={self.cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        connection.request("POST", path, urlencode(data), headers)
        return connection


class Visitor:
    """A browser without scripts: it keeps cookies and follows redirects."""

    def __init__(self) -> None:
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor())

    def get(self, url: str) -> Answer:
        return self._open(url, None)

    def post(self, url: str, data: dict[str, str]) -> Answer:
        return self._open(url, urlencode(data).encode())

    def _open(self, url: str, body: bytes | None) -> Answer:
        try:
            response = self._opener.open(url, body, timeout=30)
        except HTTPError as error:
            response = error
        with response:
            return Answer(response.status, response.read().decode(), response.url)
