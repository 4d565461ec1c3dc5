"""HTTP as a signed-in browser's htmx sends it, many at once."""

import asyncio
import http.client
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32
_threads = ThreadPoolExecutor(80, "browser")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status_code: int
    text: str


@dataclass(frozen=True)
class Browser:
    """One participant's session at one server process."""

    port: int
    cookie: str

    async def post(self, path: str, **data: Any) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(_threads, self.post_now, path, data)

    def post_now(self, path: str, data: dict[str, Any]) -> Answer:
        headers = {
            "Cookie": f"sessionid={self.cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            connection.request("POST", path, urlencode(data), headers)
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())
        finally:
            connection.close()
