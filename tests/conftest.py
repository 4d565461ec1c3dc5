"""Fixtures: private Redis and PostgreSQL, and product servers as processes."""

import copy
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import servers
from tests.shell import Program, Shell

# Else each product process compiles the whole product again: half of what its start costs.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
_skipped: list[str] = []
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")  # a busy one is no fault


def pytest_configure(config: pytest.Config) -> None:
    """The database of the tests begins as a copy of one with our tables, which pytest-django then uses."""
    from django.conf import settings

    if name := settings.DATABASES["default"].get("TEST", {}).get("NAME"):
        Path(name).write_bytes(servers.sqlite_tables())
        config.option.reuse_db = True


def pytest_collection_finish() -> None:
    """Python's collector of cycles looks no more at what has been loaded, and seldom at the rest: 10% of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Under CI a skipped test is a failure."""
    if os.environ.get("CI") and _skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI") and _skipped:
        terminalreporter.section("skipped, which CI counts as failed")
        terminalreporter.write_line("\n".join(_skipped))


@pytest.fixture(autouse=True)
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute of a rate limit turns while a test counts in this process."""
    moment = time.time()
    monkeypatch.setattr("people.limits.now", lambda: moment)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process keeps for moments is of the test before, whose rows are gone."""
    from common.kept import Kept
    from planning import feeds
    from sessions import panels, strip
    from show import kept

    Kept.forget_all()
    strip._strips.clear()
    panels.forget()
    feeds._drawn.clear()
    kept.clear()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with servers.redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with servers.postgres_server() as url:
        yield url


@pytest.fixture
def server() -> Iterator[Callable[..., servers.AppServer]]:
    """`server(env=None, port=None)` starts a product server that ends with the test."""
    with ExitStack() as stack:
        yield lambda *args, **kwargs: stack.enter_context(servers.app_server(*args, fork=True, **kwargs))


@dataclass
class Stack:
    """A whole installation: one or two server processes on one database."""

    name: str
    env: dict[str, str]
    home: Path
    servers: list[servers.AppServer]

    def __post_init__(self) -> None:
        self.shell = Shell(self.env)

    def manage(self, *arguments: str) -> str:
        return servers.manage(self.env, *arguments)

    def call(self, program: Program, **values: Any) -> Any:
        """Call a function (of tests/programs) in the installation; what it gives back comes by JSON."""
        return self.shell.call(program, values)

    def stop(self) -> None:
        """End its processes."""
        servers.stop_all(server.process for server in self.servers)
        self.shell.stop()


@pytest.fixture(scope="module")
def installations(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Stack]]:
    """`installations(name)` is the installation of that name, started once in a module, whatever the order of tests."""
    found: dict[str, Stack] = {}
    with ExitStack() as exits:

        def installation(name: str) -> Stack:
            if name not in found:
                found[name] = exits.enter_context(installed(request, name))
            return found[name]

        yield installation


@pytest.fixture(scope="module", params=["embedded", "full"])
def stack(request: pytest.FixtureRequest, installations: Callable[[str], Stack]) -> Stack:
    """The product as installed small (SQLite, in memory, one process) and large (PostgreSQL, Redis, two processes)."""
    return installations(request.param)


@contextmanager
def installed(request: pytest.FixtureRequest, name: str, **changes: str) -> Iterator[Stack]:
    """An installation, "embedded" or "full", with changes to its environment."""
    with servers.folder() as home:
        env, count = servers.environment(home, **changes), 1
        if name == "full":
            database = servers.new_database(request.getfixturevalue("postgres_url"))
            changes = {"DATABASE_URL": database, "REDIS_URL": request.getfixturevalue("redis_url")} | changes
            env = servers.environment(home, **changes)
            count = 2
        stack = Stack(name, env, home, [])
        try:
            for _ in range(count):
                stack.servers.append(servers.start_app(env, home, fork=True))
            yield stack
        finally:
            stack.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Django empties tables after a test with transactions, by DELETE or TRUNCATE: here the audit log allows it."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER people_audit_no_delete")
        else:
            cursor.execute("DROP TRIGGER people_audit_no_truncate ON people_auditentry")


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around a module's tests: a world is built once, and each test begins with it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def built(kept: None) -> dict[str, Any]:
    """The small congress of a module, whose tests each take back what they change in it."""
    from tests import world

    return world.build()


@pytest.fixture
def place(built: dict[str, Any], db: None) -> Iterator[dict[str, Any]]:
    """The small congress as it was built; nothing counts for its limits yet."""
    from django.core.cache import cache

    cache.clear()
    yield copy.deepcopy(built)
    cache.clear()
