"""A big Q&A beside a small one: how long list and board take to open, and what a rush of upvotes pushes."""

import asyncio
import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from statistics import median, quantiles
from typing import Any

from bench.subjects import cpu
from tests import servers
from tests.browser_http import Browser
from tests.live.client import Client
from tests.shell import call_once

NAME = "questions"
SIZES = {"small": (20, 500), "big": (2_000, 50_000)}  # questions, upvotes
OPENINGS = 15
FOLLOWERS, WRITERS, VOTERS = 50, 16, 400
RUSH = 10.0  # seconds


def openings(port: int, cookie: str, path: str) -> list[float]:
    """Milliseconds that opening a page takes, OPENINGS times after a warm-up."""
    found = []
    for _ in range(OPENINGS + 2):
        connection = http.client.HTTPConnection("localhost", port, timeout=60)
        started = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
        response = connection.getresponse()
        response.read()
        found.append((time.perf_counter() - started) * 1000)
        assert response.status == 200, (path, response.status)
        connection.close()
    return found[2:]


async def rush(server: servers.AppServer, filled: dict[str, Any]) -> dict[str, float]:
    """WRITERS upvote as fast as they are answered while FOLLOWERS listen."""
    room, questions = f"session:{filled['big']['session']}", filled["big"]["open"]
    browsers = [Browser(server.port, cookie) for cookie in filled["cookies"]]
    accepted: list[float] = []
    until = time.monotonic() + RUSH

    def write(writer: int) -> None:
        for at in range(10_000):
            if time.monotonic() > until:
                return
            browser = browsers[(writer + at * WRITERS) % len(browsers)]
            question = questions[(writer * 97 + at * 31) % len(questions)]
            started = time.perf_counter()
            if browser.post_now(f"/questions/{question}/upvote/", {"on": "1"}).status_code == 200:
                accepted.append((time.perf_counter() - started) * 1000)

    async with AsyncExitStack() as stack:
        followers = [await stack.enter_async_context(Client(server.port)) for _ in range(FOLLOWERS)]
        for follower in followers:
            await follower.join(**{room: 0})
        used = cpu(server.process.pid)
        loop, threads = asyncio.get_running_loop(), ThreadPoolExecutor(WRITERS)
        await asyncio.gather(*(loop.run_in_executor(threads, write, writer) for writer in range(WRITERS)))
        used = cpu(server.process.pid) - used
        await asyncio.sleep(1)
        truth = await asyncio.to_thread(
            call_once, server.env, "bench.programs.counting:upvotes", session=filled["big"]["session"]
        )
        pushed = [[frame["html"] for frame in one.frames if frame["t"] == "volatile"] for one in followers]
    wrong = 0
    for frames in pushed:
        shown = {key: int(votes) for html in frames for key, votes in re.findall(r'votes-([\w-]+)">(\d+)<', html)}
        wrong += sum(truth[key] != votes for key, votes in shown.items())
    cuts = quantiles(accepted, n=100)
    return {
        "accepted": len(accepted) / RUSH,
        "p50": cuts[49],
        "p99": cuts[98],
        "frames": max(len(frames) for frames in pushed) / RUSH,
        "wrong": wrong,
        "cpu": used / RUSH,
    }


def main() -> None:
    """Fill, open, rush, report."""
    with servers.redis_server() as redis, servers.postgres_server() as postgres:
        env = {"DATABASE_URL": servers.new_database(postgres), "REDIS_URL": redis}
        with servers.app_server(env) as server:
            filled = call_once(server.env, "bench.programs.filling:ask", sizes=SIZES, voters=VOTERS)
            print(f"{'page':<18} {'small ms':>9} {'big ms':>9}   (median; {SIZES['small']} and {SIZES['big']})")
            worst = 0.0
            for name, path in {"session page": "", "list": "questions/", "board": "questions/board/"}.items():
                took = {
                    size: median(
                        openings(server.port, filled["moderator"], f"/sessions/{filled[size]['session']}/{path}")
                    )
                    for size in SIZES
                }
                worst = max(worst, took["big"])
                print(f"{name:<18} {took['small']:>9.0f} {took['big']:>9.0f}")
            told = asyncio.run(rush(server, filled))
    print(
        f"rush: {told['accepted']:.0f} upvotes/s accepted, answered in {told['p50']:.0f}/{told['p99']:.0f} ms (p50/p99)"
    )
    print(f"      {told['frames']:.1f} frames/s to each of {FOLLOWERS} followers, {told['wrong']} last counts wrong")
    print(f"      the server used {told['cpu']:.0%} of a core")
    upvotes_per_frame = told["accepted"] / told["frames"]
    print(f"questions: slowest page {worst:.0f} ms, {upvotes_per_frame:.1f} upvotes per pushed frame")
