"""The search over a large library, on SQLite and on PostgreSQL: 5,000 cases, 700 cities, 3,000 solutions."""

import statistics
from contextlib import ExitStack

from tests import servers
from tests.shell import Shell

NAME = "search"
SIZE = {"cases": 5_000, "cities": 700, "solutions": 3_000}


def main() -> None:
    """Run and report."""
    with ExitStack() as stack:
        home = stack.enter_context(servers.folder())
        database = servers.new_database(stack.enter_context(servers.postgres_server()))
        envs = {"SQLite": servers.environment(home), "PostgreSQL": servers.environment(home, DATABASE_URL=database)}
        servers.migrate(envs["SQLite"])
        for name, env in envs.items():
            shell = Shell(env)
            stack.callback(shell.stop)
            built = shell.call("bench.programs.library:build", SIZE)
            found = shell.call("bench.programs.library:asked", {"cookie": built["cookie"]})
            searches = sorted(found["searches"].items(), key=lambda each: each[1])
            median = statistics.median(time for _text, time in searches)
            print(f"{name}: rebuilt in {built['seconds']:.1f} s; a search {median:.1f} ms (p50)", end="; ")
            print(", ".join(f"{text} {time:.0f}" for text, time in searches[-5:]), end="; ")
            print(f"a page {found['page']:.1f} ms of the processor, {found['queries']} queries")
        print(f"search: {len(searches)} questions, {sum(SIZE.values()):,} things")
