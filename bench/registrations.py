"""Importing registrations: 60,000 rows portion by portion, beside one row at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests import servers
from tests.shell import call_once

NAME = "registrations"
ROWS, ONE_BY_ONE = 60_000, 1_000


def main() -> None:
    worst = float("inf")
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with database() as env:
            servers.migrate(env)
            told = call_once(env, "bench.programs.importing:measure", count=ROWS, single=ONE_BY_ONE)
        print(
            f"{name}: {ROWS} rows read in {told['read']:.1f} s, tried in {told['tried']:.1f} s, applied in "
            f"{told['applied']:.1f} s ({told['rate']:.0f}/s), again in {told['again_applied']:.1f} s "
            f"({told['again']}); one by one {told['single']:.0f}/s",
            flush=True,
        )
        worst = min(worst, told["rate"] / told["single"])
    print(f"{NAME}: {worst:.1f}x one by one")


@contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    with servers.folder() as home:
        yield servers.environment(home)


@contextmanager
def _postgres() -> Iterator[dict[str, str]]:
    with servers.folder() as home, servers.postgres_server(durable=True) as url:
        yield servers.environment(home, DATABASE_URL=servers.new_database(url))
