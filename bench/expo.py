"""A large exhibition: its pages, rings over a killed process, and meetings on few times.

On PostgreSQL and Redis, two server processes. BENCH_REQUESTS: how many requests for a meeting (1,000 are the goal).
BENCH_PARTS: which of pages, rings, meetings.
"""

import http.client
import os
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import count
from statistics import median
from typing import Any

import brotli  # type: ignore[import-untyped]

from bench.subjects import cpu
from tests import servers
from tests.browser_http import Browser
from tests.shell import Shell

NAME = "expo"
EXHIBITORS, RINGS, TEAM, SLOTS, HOSTS = 1_200, 200, 20, 100, 5
REQUESTS = int(os.environ.get("BENCH_REQUESTS", 300))
PARTS = os.environ.get("BENCH_PARTS", "pages,rings,meetings").split(",")
ROUNDS = 15
MOST_SECONDS, MOST_TYPED, MOST_BYTES = 0.3, 0.1, 150_000


def page(server: servers.AppServer, cookie: str, address: Callable[[], str], **headers: str) -> dict[str, float]:
    """Seconds until it is there (median), seconds of the processor for it, and bytes as they are and compressed.

    The first answer, for which parts may be drawn, is not counted.
    """
    connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
    took, body, before = [], b"", 0.0
    for number in range(ROUNDS + 1):
        if number == 1:
            took, before = [], cpu(server.process.pid)
        began = time.perf_counter()
        connection.request("GET", address(), headers={"Cookie": f"sessionid={cookie}"} | headers)
        answer = connection.getresponse()
        body = answer.read()
        took.append(time.perf_counter() - began)
        assert answer.status == 200, (address(), answer.status)
    connection.close()
    used = (cpu(server.process.pid) - before) / ROUNDS
    return {"seconds": median(took), "cpu": used, "bytes": len(body), "brotli": len(brotli.compress(body, quality=5))}


def pages(made: dict[str, Any], server: servers.AppServer) -> dict[str, dict[str, float]]:
    """The pages as one visitor asks for them again and again, and lists that nobody has asked for before."""
    look = partial(page, server, made["visitors"][0])
    place, htmx = f"/editions/{made['slug']}/expo/", {"HX-Request": "true"}
    numbers = count()
    return {
        "list": look(lambda: place),
        "plan": look(lambda: f"{place}plan/"),
        "typed": look(lambda: f"{place}?q=harb", **htmx),
        "facets": look(lambda: f"{place}?theme=1&country=Chile&q=kit", **htmx),
        "new": look(lambda: f"{place}?q={next(numbers)}", **htmx),
    }


def pressed(ports: list[int], cookie: str, path: str, data: dict[str, str]) -> int:
    """The status of a press of a button; who gets no answer presses again, at the other process."""
    for attempt in range(6):
        try:
            return Browser(ports[attempt % len(ports)], cookie).post_now(path, data).status_code
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    return 0


def rings(made: dict[str, Any], running: list[servers.AppServer], shell: Shell) -> dict[str, Any]:
    """200 rings in a second while a process is killed, and each of the team takes each of them."""
    ports, pk = [server.port for server in running], made["exhibitor"]
    began, sent = time.monotonic(), [str(uuid.uuid4()) for _ring in range(RINGS)]

    def ring(number: int) -> tuple[int, float]:
        time.sleep(max(0, began + number / RINGS - time.monotonic()))
        if number == RINGS // 2:
            running[0].process.kill()
        order = ports[number % 2 :] + ports[: number % 2]
        status = pressed(
            order, made["visitors"][number], f"/expo/{pk}/ring/", {"text": "Hi", "client_id": sent[number]}
        )
        return status, time.monotonic() - began

    def take(number: int, member: int) -> tuple[str, int]:
        path = f"/expo/talks/{sent[number]}/step/"
        return sent[number], pressed(ports[1:], made["team"][member], path, {"action": "take"})

    with ThreadPoolExecutor(80) as threads:
        answers = list(threads.map(ring, range(RINGS)))
        there = shell.call("bench.programs.halls:counted", {"exhibitor": pk})["talks"]
        pairs = [(number, (number + step) % TEAM) for number in range(RINGS) for step in range(3)]
        taken = list(threads.map(lambda pair: take(*pair), pairs))
    wins = dict.fromkeys(sent, 0)
    for talk, status in taken:
        wins[talk] += status == 204
    after = shell.call("bench.programs.halls:counted", {"exhibitor": pk})["talks"]
    return {
        "answered": sum(status == 302 for status, _at in answers),
        "within": max(at for _status, at in answers),
        "lost": len(set(sent) - set(there)),
        "exactly_one": sum(count == 1 for count in wins.values()),
        "open": sum(state == "open" and by is not None for state, by in after.values()),
    }


def meetings(made: dict[str, Any], port: int, shell: Shell) -> dict[str, Any]:
    """Requests on few times, all answered at once by the whole team."""
    asked = {"exhibitor": made["exhibitor"], "visitors": made["visitor_ids"][:REQUESTS], "slots": SLOTS}
    requests = shell.call("bench.programs.halls:ask", asked)
    began = time.monotonic()

    def accept(number: int) -> int:
        cookie = made["team"][number // SLOTS % HOSTS]
        return pressed(
            [port], cookie, f"/expo/meetings/{requests[number]}/answer/", {"action": "accept", "version": "0"}
        )

    with ThreadPoolExecutor(60) as threads:
        statuses = list(threads.map(accept, range(len(requests))))
    counted = shell.call("bench.programs.halls:counted", {"exhibitor": made["exhibitor"]})
    return counted | {
        "seconds": time.monotonic() - began,
        "statuses": {each: statuses.count(each) for each in set(statuses)},
    }


def main() -> None:
    """Run and report."""
    with ExitStack() as stack:
        home = stack.enter_context(servers.folder())
        redis = stack.enter_context(servers.redis_server())
        database = servers.new_database(stack.enter_context(servers.postgres_server()))
        env = servers.environment(home, DATABASE_URL=database, REDIS_URL=redis)
        running = [servers.start_app(env, home) for _process in range(2)]
        for server in running:
            stack.callback(server.stop)
        shell = Shell(env)
        stack.callback(shell.stop)
        size = {"exhibitors": EXHIBITORS, "visitors": max(RINGS, REQUESTS), "team": TEAM}
        made = shell.call("bench.programs.halls:build", size)
        if "pages" in PARTS:
            _pages(pages(made, running[1]))
        if "rings" in PARTS:
            _rings(rings(made, running, shell))
        if "meetings" in PARTS:
            _meetings(meetings(made, running[1].port, shell))


def _pages(looked: dict[str, dict[str, float]]) -> None:
    print(f"{EXHIBITORS:,} exhibitors, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, each in looked.items():
        print(
            f"{name:<8} {1000 * each['seconds']:6.0f} ms, {1000 * each['cpu']:6.0f} ms of the processor,"
            f" {each['bytes']:>8,.0f} bytes, {each['brotli']:>7,.0f} compressed"
        )
    quick = all(each["seconds"] < MOST_SECONDS and each["bytes"] < MOST_BYTES for each in looked.values())
    typed = looked["typed"]["cpu"] < MOST_TYPED
    print(f"pages {'kept' if quick else 'MISSED'}, typed {'kept' if typed else 'MISSED'}", flush=True)


def _rings(rung: dict[str, Any]) -> None:
    safe = rung["lost"] == 0 and rung["exactly_one"] == RINGS
    print(
        f"{RINGS} rings over {rung['within']:.1f} s, a process killed meanwhile: {rung['answered']} answered,"
        f" {rung['lost']} lost, {rung['exactly_one']} taken by exactly one, {rung['open']} open:"
        f" {'kept' if safe else 'MISSED'}",
        flush=True,
    )


def _meetings(met: dict[str, Any]) -> None:
    twice = met["bookings"] - met["pairs"]
    print(
        f"{REQUESTS} requests on {SLOTS} times answered in {met['seconds']:.1f} s: {met['statuses']},"
        f" {met['accepted']} agreed, {met['bookings']} bookings"
    )
    print(f"expo: {twice} booked twice")
