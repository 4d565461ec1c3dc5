"""The pages of Tomorrow.City at 5,000 cases, 700 cities and 3,000 solutions, on SQLite and on PostgreSQL."""

from contextlib import ExitStack

from tests import servers
from tests.shell import Shell

NAME = "tomorrow"
SIZE = {"cases": 5_000, "cities": 700, "solutions": 3_000}


def main() -> None:
    """Run and report."""
    with ExitStack() as stack:
        home = stack.enter_context(servers.folder())
        database = servers.new_database(stack.enter_context(servers.postgres_server()))
        envs = {"SQLite": servers.environment(home), "PostgreSQL": servers.environment(home, DATABASE_URL=database)}
        servers.migrate(envs["SQLite"])
        worst = 0
        for name, env in envs.items():
            shell = Shell(env)
            stack.callback(shell.stop)
            built = shell.call("bench.programs.tomorrow:build", SIZE)
            pages = shell.call("bench.programs.tomorrow:measured", {"cookie": built["cookie"], "case": built["case"]})
            for page, found in pages.items():
                print(f"{name}: {page}: {found['queries']} queries, {found['ms']:.1f} ms, {found['kB']:.1f} kB")
            worst = max(worst, *(found["queries"] for found in pages.values()))
        print(f"tomorrow: {sum(SIZE.values()):,} things, at most {worst} queries")
