"""The engine's promise under faults: nothing acknowledged is lost, doubled, reordered or shown to the wrong people."""

import signal
from contextlib import contextmanager

import pytest

from tests import servers
from tests.conftest import Stack
from tests.faults.faults import FAULTS, replace, stop_redis
from tests.faults.ledger import Ledger, Listener
from tests.faults.run import SMALL, Size, run


@contextmanager
def installation(embedded=False):
    """Processes with a database, and a Redis, of their own."""
    with servers.folder() as home, servers.postgres_server(durable=True) as postgres, servers.redis_server() as redis:
        changes = {} if embedded else {"DATABASE_URL": servers.new_database(postgres), "REDIS_URL": redis}
        env = servers.environment(home, **changes)
        stack = Stack("faults", env, home, [])
        try:
            for _ in range(1 if embedded else 2):
                stack.servers.append(servers.start_app(env, home))
            yield stack
        finally:
            for one in stack.servers:
                one.stop()
            if not embedded:
                stop_redis(stack)


@pytest.fixture(scope="module")
def full():
    with installation() as stack:
        yield stack


@pytest.mark.parametrize("fault", FAULTS)
async def test_nothing_is_lost(full, fault):
    counts, _ = await run(full, FAULTS[fault], SMALL)
    assert not any(counts.values()), counts


async def test_nothing_is_lost_on_sqlite():
    with installation(embedded=True) as stack:
        counts, _ = await run(stack, replace(signal.SIGKILL), Size(listeners=30, writers=50, every=1.3))
        assert not any(counts.values()), counts


async def test_the_ledger_sees_what_is_lost_without_catch_up(full):
    size = Size(listeners=30, writers=8, every=1.3, calm=5)
    counts, _ = await run(full, replace(signal.SIGKILL), size, catch_up=False)
    assert counts["lost"] > 0, counts


GOOD = {"acknowledged": {"a": 1, "b": 2}, "stored": [(1, "a", "everyone"), (2, "b", "everyone")], "seen": [1, 2]}
BROKEN = [
    ({}, None),
    ({"stored": [(1, "a", "everyone")], "seen": [1]}, "not stored"),
    ({"acknowledged": {"a": 2, "b": 2}}, "mismatched"),
    (
        {"stored": [(1, "a", "everyone"), (2, "b", "everyone"), (3, "b", "everyone")], "seen": [1, 2, 3]},
        "duplicate rows",
    ),
    (
        {"stored": [(1, "a", "everyone"), (3, "b", "everyone")], "acknowledged": {"a": 1, "b": 3}, "seen": [1, 3]},
        "gaps",
    ),
    ({"acknowledged": {"a": 1}}, "unacknowledged"),
    ({"seen": [1]}, "lost"),
    ({"seen": [1, 2, 2]}, "doubled"),
    ({"seen": [2, 1]}, "reordered"),
    ({"stored": [(1, "a", "everyone"), (2, "b", "staff")]}, "unauthorised"),
]


@pytest.mark.parametrize(("change", "finding"), BROKEN)
def test_the_ledger_names_what_is_wrong(change, finding):
    run = GOOD | change
    listener = Listener(frozenset({"everyone"}), seen=run["seen"])
    submitted = {"a": 0.0, "b": 0.0}
    ledger = Ledger(submitted, run["acknowledged"], listeners=[listener], stored=run["stored"])
    assert {name for name, count in ledger.verdict().items() if count} == ({finding} if finding else set())
