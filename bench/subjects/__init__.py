"""What is compared, each a server process on one core and a process that publishes to it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import servers

CORES = sorted(os.sched_getaffinity(0))
ON_SERVER_CORE = ("taskset", "-c", str(CORES[0]))


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Subject:
    """A running server and the publisher that obeys lines "count room" on its stdin."""

    name: str
    port: int
    pid: int
    publisher: subprocess.Popen[str]
    joins: bool = False
    env: dict[str, str] = field(default_factory=dict)  # of an installation in which programs may be called

    def publish(self, count: int, room: str) -> None:
        self.publisher.stdin.write(f"{count} {room}\n")
        self.publisher.stdin.flush()

    def pace(self, count: int, room: str, rate: float) -> None:
        """Publish one after the other, so many a second."""
        self.publisher.stdin.write(f"{count} {room} {rate}\n")
        self.publisher.stdin.flush()

    def moments(self) -> list[float]:
        """When each of the last pace() was published."""
        return [float(moment) for moment in self.publisher.stdout.readline().split()]

    def cpu(self) -> float:
        """Seconds of processor time that the server has used."""
        return cpu(self.pid)

    def published_at(self) -> float:
        """The moment of the first broadcast of the last publish()."""
        return float(self.publisher.stdout.readline())


@contextmanager
def _talking(command: list[str], env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """A process of ours that reads lines and answers with lines."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=servers.ROOT, env=env, stdin=pipe, stdout=pipe, text=True)
    try:
        yield process
    finally:
        servers.stop(process)


@contextmanager
def product(
    database_url: str, redis_url: str, name: str = "product", publisher: str = "product", **changes: str
) -> Iterator[Subject]:
    """The product's own server; the publisher, a module beside this one, appends events from another process."""
    env = {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench" * 10}
    env |= {"DATABASE_URL": servers.new_database(database_url), "REDIS_URL": redis_url} | changes
    with (
        servers.app_server(env, prefix=ON_SERVER_CORE) as server,
        _talking([sys.executable, "-m", f"bench.subjects.{publisher}"], server.env) as told,
    ):
        yield Subject(name, server.port, server.process.pid, told, joins=True, env=server.env)


@contextmanager
def stock(redis_url: str) -> Iterator[Subject]:
    """Stock Channels on stock Daphne; the publisher calls group_send from another process."""
    port, env = servers.free_port(), os.environ | {"REDIS_URL": redis_url}
    command = [*ON_SERVER_CORE, sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port)]
    with servers.folder() as home, open(home / "log", "wb") as log:
        command += ["--ping-interval", "3600", "bench.subjects.stock:application"]  # no client here answers pings
        process = subprocess.Popen(command, cwd=servers.ROOT, env=env, stdout=log, stderr=log)
        try:
            servers.wait_until(lambda: servers.answers(port), process, home / "log")
            with _talking([sys.executable, "-m", "bench.subjects.stock"], env) as publisher:
                yield Subject("stock", port, process.pid, publisher)
        finally:
            servers.stop(process)


@contextmanager
def bare() -> Iterator[Subject]:
    """An asyncio loop that only writes; it is told directly."""
    port = servers.free_port()
    with _talking([*ON_SERVER_CORE, sys.executable, "-m", "bench.subjects.bare", str(port)]) as process:
        while not servers.answers(port) and process.poll() is None:
            pass
        yield Subject("bare", port, process.pid, process)
