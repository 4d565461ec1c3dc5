"""An installation that faults may break: nothing of it is shared with anyone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests import servers
from tests.conftest import Stack
from tests.faults.faults import stop_services


@contextmanager
def installation(embedded: bool = False) -> Iterator[Stack]:
    """Two processes on PostgreSQL and Redis; embedded: one on SQLite."""
    with ExitStack() as context:
        home = context.enter_context(servers.folder())
        changes = {}
        if not embedded:
            postgres = context.enter_context(servers.postgres_server(durable=True))
            changes = {"DATABASE_URL": servers.new_database(postgres)}
            changes["REDIS_URL"] = context.enter_context(servers.redis_server())
        env = servers.environment(home, **changes)
        stack = Stack("faults", env, home, [])
        if not embedded:
            context.callback(stop_services, stack)
        context.callback(stack.stop)
        for _ in range(1 if embedded else 2):
            stack.servers.append(servers.start_app(env, home, fork=True))
        yield stack
