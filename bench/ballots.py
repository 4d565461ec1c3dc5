"""The rush: everybody who follows answers at once. Ballots in batches beside one ballot per transaction.

Each of FOLLOWERS authenticated sockets follows the tally and casts one ballot per rush, all in the same moment. The
baseline is the same product with batches of one; a second one saves by HTTP, as a page without the socket does.
"""

import asyncio
import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from bench.link import Link, open_all
from tests import servers
from tests.browser_http import Browser
from tests.shell import call_once

NAME = "ballots"
FOLLOWERS, RUSHES = 2_000, 3
HTTP_BALLOTS, HTTP_WRITERS = 400, 16
PATIENCE = 300.0  # seconds for all acknowledgements of a rush


class Voter(Link):
    """One follower; `frames` counts what was pushed, `acks` holds the seconds that each ballot took."""

    def __init__(self, port: int, cookie: str, room: str) -> None:
        super().__init__(port, cookie, room)
        self.frames, self.acks, self.refused, self.last = 0, [], 0, b""
        self.sent_at = 0.0

    def saw(self, payload: bytes) -> None:
        if payload.startswith(b'{"t":"reply"'):
            self.acks.append(time.perf_counter() - self.sent_at)
            self.refused += b'"status":200' not in payload
        elif payload.startswith(b'{"t":"volatile"'):
            self.frames, self.last = self.frames + 1, payload

    def vote(self, poll: int, option: str) -> None:
        """Send a ballot."""
        self.sent_at = time.perf_counter()
        self.send({"say": "polls.ballot", "id": str(poll), "data": {"poll": poll, "fields": {"option": [option]}}})


@dataclass
class Rush:
    """What came of one subject's rushes."""

    rates: list[float] = field(default_factory=list)  # accepted ballots per second of each rush
    acks: list[float] = field(default_factory=list)  # seconds
    pushed: list[float] = field(default_factory=list)  # tally frames per second to each follower
    wrong: int = 0  # ballots lost, doubled or refused

    def line(self, name: str) -> str:
        cuts = quantiles(self.acks, n=100)
        pushed = f"{max(self.pushed):8.1f}" if self.pushed else f"{'-':>8}"
        rate, p50, p99 = median(self.rates), cuts[49] * 1000, cuts[98] * 1000
        return f"{name:<44} {rate:10.0f} {p50:9.0f} {p99:9.0f} {pushed} {self.wrong:6d}"


async def rushes(stack: list[servers.AppServer], place: dict[str, Any], times: int = RUSHES) -> Rush:
    """Every follower answers each of so many polls at once."""
    room, ports, told = f"session:{place['session']}", [one.port for one in stack], Rush()
    voters = [Voter(ports[at % len(ports)], cookie, room) for at, cookie in enumerate(place["cookies"])]
    await open_all(voters, PATIENCE)
    moderator = Browser(ports[0], place["moderator"])
    for poll in place["polls"][:times]:
        await _opened(moderator, poll)
        await asyncio.sleep(2)  # the card has reached everybody
        for voter in voters:
            voter.acks, voter.frames, voter.refused = [], 0, 0
        began = time.perf_counter()
        for at, voter in enumerate(voters):
            voter.vote(poll["pk"], poll["options"][at % 4])
            if at % 100 == 99:
                await asyncio.sleep(0)
        while not all(voter.acks for voter in voters):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{sum(not voter.acks for voter in voters)} ballots were not acknowledged")
            await asyncio.sleep(0.01)
        took = max(voter.sent_at + voter.acks[0] for voter in voters) - began
        await asyncio.sleep(1.5)  # the last tally
        await _account(told, voters, poll, stack[0], took)
    for voter in voters:
        voter.transport.abort()
    return told


async def _opened(moderator: Browser, poll: dict[str, Any]) -> None:
    answer = await moderator.post(f"/polls/{poll['pk']}/step/", action="open")
    assert answer.status_code == 204, answer.text


async def _account(
    told: Rush, voters: list[Voter], poll: dict[str, Any], server: servers.AppServer, took: float
) -> None:
    """Compare acknowledgements, database, tally and what was pushed last; then close the poll."""
    truth = await asyncio.to_thread(call_once, server.env, "bench.programs.counting:ballots", poll=poll["pk"])
    shown = f'id=\\"ballots-{poll["pk"]}\\">{len(voters):,} answers'.encode()
    told.rates.append(len(voters) / took)
    told.acks += [voter.acks[0] for voter in voters]
    told.pushed.append(max(voter.frames for voter in voters) / (took + 1.5))
    told.wrong += sum(voter.refused + (len(voter.acks) != 1) for voter in voters)
    told.wrong += abs(truth["ballots"] - len(voters)) + abs(sum(truth["tally"]) - len(voters))
    told.wrong += sum(shown not in voter.last for voter in voters)
    moderator = Browser(server.port, server.env["MODERATOR"])
    assert (await moderator.post(f"/polls/{poll['pk']}/step/", action="close")).status_code == 204


async def by_http(stack: list[servers.AppServer], place: dict[str, Any]) -> Rush:
    """The same ballots by HTTP, one request each, HTTP_WRITERS at a time."""
    poll, told = place["polls"][RUSHES], Rush()
    await _opened(Browser(stack[0].port, place["moderator"]), poll)
    turns = asyncio.Semaphore(HTTP_WRITERS)

    async def post(at: int) -> None:
        async with turns:
            began = time.perf_counter()
            browser = Browser(stack[at % len(stack)].port, place["cookies"][at])
            answer = await browser.post(f"/polls/{poll['pk']}/ballot/", option=poll["options"][at % 4])
            told.acks.append(time.perf_counter() - began)
            told.wrong += answer.status_code != 200

    began = time.perf_counter()
    await asyncio.gather(*(post(at) for at in range(HTTP_BALLOTS)))
    told.rates.append(HTTP_BALLOTS / (time.perf_counter() - began))
    truth = await asyncio.to_thread(call_once, stack[0].env, "bench.programs.counting:ballots", poll=poll["pk"])
    told.wrong += abs(truth["ballots"] - HTTP_BALLOTS)
    return told


@contextmanager
def installation(full: bool, at_once: int) -> Iterator[tuple[list[servers.AppServer], dict[str, Any]]]:
    """A filled installation: SQLite and one process, or PostgreSQL, Redis and two."""
    with ExitStack() as exits:
        home = exits.enter_context(servers.folder())
        more = {"LIVE_WRITES_AT_ONCE": str(at_once)}
        if full:
            more["DATABASE_URL"] = servers.new_database(exits.enter_context(servers.postgres_server()))
            more["REDIS_URL"] = exits.enter_context(servers.redis_server())
        env = servers.environment(home, **more)
        place = None
        stack = []
        for _ in range(2 if full else 1):
            stack.append(servers.start_app(env, home))
            exits.callback(stack[-1].stop)
        place = call_once(env, "bench.programs.filling:vote", count=FOLLOWERS, polls=RUSHES + 1)
        for server in stack:
            server.env["MODERATOR"] = place["moderator"]
        yield stack, place


def main() -> None:
    """Rush on both installations, in batches and one by one."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(f"{FOLLOWERS} sockets follow the tally and answer at once, {RUSHES} rushes each")
    print(f"{'':<44} {'ballots/s':>10} {'ack p50':>9} {'p99 ms':>9} {'frames/s':>8} {'wrong':>6}")
    ratios = {}
    for name, full in (("SQLite, one process", False), ("PostgreSQL, two processes", True)):
        with installation(full, 256) as (stack, place):
            batched = asyncio.run(rushes(stack, place))
            posted = asyncio.run(by_http(stack, place))
        with installation(full, 1) as (stack, place):
            single = asyncio.run(rushes(stack, place, times=1))
        print(batched.line(f"{name}: batches over the socket"))
        print(single.line(f"{name}: one per transaction, socket"))
        print(posted.line(f"{name}: HTTP"), flush=True)
        ratios[name] = median(batched.rates) / max(median(single.rates), median(posted.rates))
        if batched.wrong or single.wrong or posted.wrong:
            raise SystemExit(f"{name}: ballots were lost, doubled or shown wrongly")
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.1f}x the better baseline")
    print(f"ballots: {min(ratios.values()):.1f}x baseline")
