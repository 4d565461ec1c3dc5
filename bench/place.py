"""An installation to measure: its processes, a session to follow, and participants who write."""

import http.client
import os
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests import servers
from tests.browser_http import TOKEN
from tests.shell import call_once


@dataclass
class Place:
    """A running installation, and who takes part."""

    env: dict[str, str]
    servers: list[servers.AppServer]
    session: int
    people: list[int]
    cookies: list[str]

    @property
    def ports(self) -> list[int]:
        return [server.port for server in self.servers]

    @property
    def room(self) -> str:
        return f"session:{self.session}"

    def call(self, program: str, **values: Any) -> Any:
        """What a function of bench.programs ("module:name") gives back, called in the installation."""
        return call_once(self.env, program, **values)

    def memory(self) -> int:
        """Resident bytes of all processes."""
        return sum(memory(server.process.pid) for server in self.servers)

    def post(self, cookie: str, text: str = "m", port: int = 0) -> tuple[float, int]:
        """Send a chat message; when (time.time) it was sent and its seq. Raises OSError when it was not accepted."""
        body = urlencode({"text": text, "client_id": str(uuid.uuid4())})
        headers = {"Cookie": f"sessionid={cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "HX-Request": "true"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("localhost", port or self.ports[0], timeout=60)
        sent = time.time()
        try:
            connection.request("POST", f"/sessions/{self.session}/chat/", body, headers)
            found = re.search(r'data-seq="(\d+)"', connection.getresponse().read().decode())
        finally:
            connection.close()
        if not found:
            raise OSError("A message was not accepted")
        return sent, int(found[1])


def memory(pid: int) -> int:
    """Resident bytes of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of them do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


@contextmanager
def installation(
    participants: int,
    processes: int = 2,
    fsync: bool = False,
    postgres: str = "",
    redis: str = "",
    prefix: tuple[str, ...] = (),
    **changes: str,
) -> Iterator[Place]:
    """Server processes on a PostgreSQL and a Redis of their own, or on those at the given addresses."""
    with ExitStack() as stack:
        home = stack.enter_context(servers.folder())
        postgres = postgres or stack.enter_context(servers.postgres_server(durable=True, fsync=fsync))
        redis = redis or stack.enter_context(servers.redis_server())
        env = servers.environment(home, DATABASE_URL=servers.new_database(postgres), REDIS_URL=redis, **changes)
        running: list[servers.AppServer] = []
        try:
            for _ in range(processes):
                running.append(servers.start_app(env, home, prefix=prefix))
            told = call_once(env, "bench.programs.filling:follow", count=participants)
            yield Place(env, running, told["session"], told["people"], told["cookies"])
        finally:
            for server in running:
                server.stop()
