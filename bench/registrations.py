"""Importing registrations: 60,000 rows portion by portion, beside one row at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.place import call
from tests import servers

NAME = "registrations"
ROWS, ONE_BY_ONE = 60_000, 1_000

IMPORT = """
import time
from django.utils import timezone
from people.models import Participant, Registration
from registration.imports import run
from registration.imports.applying import apply, ticket_of
from sessions.models import Edition, HostCity

city = HostCity.objects.create(name="B", slug="b")
today = timezone.now().date()
edition = Edition.objects.create(name="E", slug="e", host_city=city, start_date=today, end_date=today)

def rows(first, count):
    return "".join(f"T{n},p{n}@example.org,Person {n},Org {n % 500},Online\\n" for n in range(first, first + count))

def whole(found):
    while found.running:
        found = run.step(found, None)
    return found

def imported(data):
    began = time.monotonic()
    found = run.begin(edition, "x.csv", None)
    for number in range(0, len(data), 512 * 1024):
        run.add_piece(found, number // (512 * 1024), data[number:number + 512 * 1024].encode())
    run.read_file(found, -(-len(data) // (512 * 1024)))
    found.refresh_from_db()
    read = time.monotonic() - began
    run.choose(found, found.columns, {})
    found = whole(found)
    tried = time.monotonic() - began - read
    run.start_applying(found, found.by)
    found = whole(found)
    return found.counts, read, tried, time.monotonic() - began - read - tried

header = "ticket,email,name,company,pass\\n"
data = header + rows(0, count)
counts, read, tried, applied = imported(data)
again = imported(data)
columns = {"ticket": 0, "email": 1, "name": 2, "organisation": 3, "pass": 4}
began = time.monotonic()
for line, text in enumerate(rows(10**7, single).splitlines()):
    apply(edition, [ticket_of(line, text.split(","), columns, {})], dry=False)
single_rate = single / (time.monotonic() - began)
result = {"counts": counts, "again": again[0], "read": read, "tried": tried, "applied": applied,
          "again_applied": again[3], "rate": count / applied, "single": single_rate}
"""


def main() -> None:
    worst = float("inf")
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with database() as env:
            servers.migrate(env)
            told = call(env, IMPORT, count=ROWS, single=ONE_BY_ONE)
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
