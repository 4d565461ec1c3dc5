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
            result = call_once(env, "bench.programs.importing:measure", count=ROWS, single=ONE_BY_ONE)
        print(
            f"{name}: {ROWS} rows read in {result['read']:.1f} s, tried in {result['tried']:.1f} s, applied in "
            f"{result['applied']:.1f} s ({result['rate']:.0f}/s), again in {result['again_applied']:.1f} s "
            f"({result['again']}); one by one {result['single']:.0f}/s",
            flush=True,
        )
        worst = min(worst, result["rate"] / result["single"])
    print(f"{NAME}: {worst:.1f}x one by one")


@contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    with servers.folder() as home:
        yield servers.environment(home)


@contextmanager
def _postgres() -> Iterator[dict[str, str]]:
    with servers.folder() as home, servers.postgres_server(durable=True) as url:
        yield servers.environment(home, DATABASE_URL=servers.new_database(url))
