"""An installation to measure: its processes, a session to follow, and participants who write."""

import http.client
import json
import os
import re
import textwrap
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

FILL = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session as SignIn
from django.utils import timezone
from django.utils.crypto import get_random_string
from people.models import Participant, Role
from tests import world
made = world.build()
scope = f"edition:{made['edition']}"
names = [f"follower{number}-{made['slug']}" for number in range(count)]
people = Participant.objects.bulk_create(
    [Participant(email=f"{name}@example.org", name=name, city="Lagos", password="!") for name in names])
Role.objects.bulk_create([Role(participant=one, name="attendee", scope=scope) for one in people])
def sign_in(one):
    data = {SESSION_KEY: str(one.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: one.get_session_auth_hash()}
    until = timezone.now() + timezone.timedelta(days=1)
    return SignIn(session_key=get_random_string(32), session_data=SignIn.objects.encode(data), expire_date=until)
signed_in = SignIn.objects.bulk_create([sign_in(one) for one in people])
result = {"session": made["session"], "people": [one.pk for one in people],
          "cookies": [one.session_key for one in signed_in]}
"""


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

    def call(self, source: str, **values: Any) -> Any:
        return call(self.env, source, **values)

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


def call(env: dict[str, str], source: str, **values: Any) -> Any:
    """Run Python in the installation; what it assigns to `result` comes back."""
    given = f"import json as _json\nglobals().update(_json.loads({json.dumps(values)!r}))\n"
    told = "\nprint('\\n=result=' + _json.dumps(result))"
    output = servers.manage(env, "shell", "-c", given + textwrap.dedent(source) + told)
    return json.loads(output.rpartition("=result=")[2])


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
            told = call(env, FILL, count=participants)
            yield Place(env, running, told["session"], told["people"], told["cookies"])
        finally:
            for server in running:
                server.stop()
