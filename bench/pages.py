"""What each page costs in a large congress: drawn anew, and handed out to all who are the same.

On PostgreSQL: 1,000 sessions, 2,000 questions, 50,000 messages, 1,200 exhibitors and 60,000 people. BENCH_PEOPLE takes
another number. A stage screen is drawn anew for each who asks alone.
"""

import http.client
import os
import time
from contextlib import ExitStack

from bench.subjects import CORES, ON_SERVER_CORE, cpu
from tests import servers
from tests.shell import call_once

NAME = "pages"
PEOPLE = int(os.environ.get("BENCH_PEOPLE", 60_000))
SIZE = {"sessions": 1_000, "questions": 2_000, "people": PEOPLE, "messages": 50_000, "exhibitors": 1_200}
SECONDS = 5.0
SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench" * 10}
MOST_QUERIES, MOST_MS, MOST_BYTES = 20, 15.0, 30_000


def addresses(slug: str, session: int, exhibitor: int, screen: str) -> dict[str, list[str]]:
    """Name of a page -> who asks for it, and where it is."""
    edition = f"/editions/{slug}"
    return {
        "programme": ["attendee", f"{edition}/"],
        "programme, all days": ["attendee", f"{edition}/?day=all"],
        "programme, search": ["attendee", f"{edition}/?q=water"],
        "session": ["attendee", f"/sessions/{session}/"],
        "session, moderator": ["moderator", f"/sessions/{session}/"],
        "exhibitors": ["attendee", f"{edition}/expo/"],
        "exhibitors, typed": ["attendee", f"{edition}/expo/?q=harb"],
        "plan of a hall": ["attendee", f"{edition}/expo/plan/"],
        "stand": ["attendee", f"/expo/{exhibitor}/"],
        "stage screen": ["", screen],
        "agenda": ["attendee", f"{edition}/agenda/"],
        "notices": ["attendee", "/notices/"],
        "announcements": ["organiser", f"{edition}/announcements/"],
        "board": ["moderator", f"/sessions/{session}/questions/board/"],
        "inbox": ["moderator", "/questions/inbox/"],
        "speaker's view": ["speaker", f"/sessions/{session}/speaker/"],
        "people": ["organiser", f"{edition}/people/"],
        "control room": ["organiser", f"{edition}/control/"],
        "planning": ["organiser", f"{edition}/planning/"],
        "account": ["attendee", "/people/account/"],
    }


def rate(server: servers.AppServer, key: str, path: str) -> tuple[float, float]:
    """Requests a second over one kept connection, and processor milliseconds of the server for each."""
    connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
    headers = {"Cookie": f"sessionid={key}", "Accept-Encoding": "gzip, br"}
    count, before, until = 0, cpu(server.process.pid), time.monotonic() + SECONDS
    while time.monotonic() < until:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
        count += 1
    connection.close()
    return count / SECONDS, 1000 * (cpu(server.process.pid) - before) / count


def main() -> None:
    """Run and report."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])  # PostgreSQL and Redis inherit it
    with ExitStack() as stack:
        home = stack.enter_context(servers.folder())
        redis = stack.enter_context(servers.redis_server())
        database = servers.new_database(stack.enter_context(servers.postgres_server()))
        env = servers.environment(home, DATABASE_URL=database, REDIS_URL=redis, **SETTINGS)
        server = servers.start_app(env, home, prefix=ON_SERVER_CORE)  # it collects the static files as well
        stack.callback(server.stop)
        made = call_once(env, "bench.programs.congress:filled", **SIZE)
        pages = addresses(*(made[name] for name in ("slug", "session", "exhibitor", "screen")))
        drawn = call_once(env, "bench.programs.congress:costs", pages=pages, cookies=made["cookies"])
        after_message = {"session": made["session"], "roles": ["attendee", "moderator"]}
        drawn |= call_once(env, "bench.programs.congress:after_message", **after_message)
        shared = {name: rate(server, made["cookies"].get(role, ""), path) for name, (role, path) in pages.items()}
    _report(drawn, shared)


def _report(drawn: dict[str, dict[str, float]], shared: dict[str, tuple[float, float]]) -> None:
    print(", ".join(f"{count:,} {what}" for what, count in SIZE.items()))
    print(f"{'drawn anew':<24} {'queries':>8} {'cpu ms':>7} {'bytes':>9} {'brotli':>7}   over HTTP: a second, cpu ms")
    over = []
    for name, cost in drawn.items():
        print(f"{name:<24} {cost['queries']:>8.0f} {cost['ms']:>7.1f} {cost['bytes']:>9,.0f}", end=" ")
        print(f"{cost['compressed']:>7,.0f}", " ".join(f"{figure:>17.2f}" for figure in shared.get(name, ())))
        if cost["queries"] > MOST_QUERIES or cost["ms"] > MOST_MS or cost["compressed"] > MOST_BYTES:
            over.append(name)
    ratio = drawn["session"]["ms"] / shared["session"][1]
    print(f"pages: a session's page handed out costs 1/{ratio:.0f} of one drawn anew; over the budget: {len(over)}")
    for name in over:
        print(f"  {name}")
