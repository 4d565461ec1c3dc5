"""Running the show: what the control room costs beside a busy congress, from press to monitor, ripples, many notices.

40 stages with 400 sessions, 200 events a second beside it, two processes. BENCH_SECONDS per part, BENCH_NOTICES people.
"""

import asyncio
import json
import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from bench.link import Link, open_all
from bench.place import Place, installation, percentile
from bench.subjects import cpu

NAME = "show"
STAGES, EACH = 40, 10
BESIDE, SIZE = 200, 300  # events a second, bytes
EVERY = 0.5  # seconds between two presses
RIPPLE, RIPPLES = 50, 5
SECONDS = float(os.environ.get("BENCH_SECONDS", 20))
NOTICES = int(os.environ.get("BENCH_NOTICES", 60_000))
LONGEST = 900.0  # seconds in which notices have to leave
CHAT_EVERY = 0.1
TOGETHER = 20.0  # seconds within which several changes are one notice: notices/changes.py


class Watching(Link):
    """A socket that notes when each frame came."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.came: list[float] = []
        self.waiting: asyncio.Event = asyncio.Event()

    def saw(self, payload: bytes) -> None:
        if payload.startswith(b'{"t":"event"'):
            self.came.append(time.time())
            self.waiting.set()


class Looking(Watching):
    """A page that is only told to look again, as a door sign is: it fetches what it shows."""

    def __init__(self, port: int, path: str, room: str) -> None:
        super().__init__(port, "", room)
        self.page, self.shown = f"http://localhost:{port}{path}", list[float]()

    async def look(self) -> None:
        """Fetch the page each time it is told; note when it was there."""
        while True:
            await self.waiting.wait()
            self.waiting.clear()
            await asyncio.to_thread(fetch, self.page, part=True)
            self.shown.append(time.time())


def fetch(url: str, cookie: str = "", part: bool = False) -> bytes:
    """The page, or the part of it that moves."""
    headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}
    with urlopen(Request(url, headers=headers | ({"HX-Request": "true"} if part else {})), timeout=60) as answer:
        return bytes(answer.read())


def used_by(place: Place) -> float:
    """Seconds of processor time of all server processes."""
    return sum(cpu(server.process.pid) for server in place.servers)


async def beside(place: Place, held: dict[str, Any], watched: bool) -> dict[str, Any]:
    """Presses while events go by, with or without a control room that follows them: processor time, delays."""
    port, loop, threads = place.ports[0], asyncio.get_running_loop(), ThreadPoolExecutor(4)
    room = f"bench:{'watched' if watched else 'alone'}"  # each time a room without a past
    crowd = [Link(place.ports[at % 2], cookie, room) for at, cookie in enumerate(place.cookies[:50])]
    monitor = Watching(port, "", held["monitor_room"])
    sign = Looking(port, held["monitor"], held["stage_room"])
    control = Watching(port, held["organiser"], held["control"])
    followers: list[Link] = [*crowd, monitor, sign, *([control] if watched else [])]
    await open_all(followers, 30)
    looking = asyncio.create_task(sign.look())
    if watched:
        await loop.run_in_executor(threads, fetch, f"http://localhost:{port}{held['page']}", held["organiser"])
    used, began = used_by(place), time.monotonic()
    publish = {"room": room, "seconds": SECONDS, "each": BESIDE, "size": SIZE}
    press = {"session": held["pressed"], "seconds": SECONDS, "every": EVERY}
    events, presses = await asyncio.gather(
        loop.run_in_executor(threads, lambda: place.call("bench.programs.writing:publish", **publish)),
        loop.run_in_executor(threads, lambda: place.call("bench.programs.showing:press", **press)),
    )
    await asyncio.sleep(1)
    share = (used_by(place) - used) / (time.monotonic() - began)
    looking.cancel()
    for link in followers:
        link.transport.abort()
    return {
        "share": share,
        "events": events / SECONDS,
        "rows": len(control.came) / SECONDS,
        "shown": delays(presses, monitor.came),
        "fetched": delays(presses, sign.shown),
    }


def delays(presses: list[float], seen: list[float]) -> list[float]:
    """Milliseconds from each press to the first time that it was seen."""
    found = []
    for press in presses:
        after = next((moment for moment in seen if moment >= press), None)
        if after is not None:
            found.append((after - press) * 1000)
    return found


class Writer(Link):
    """A socket that says chat messages and notes how long each took to be acknowledged."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.took: list[float] = []
        self.reply: asyncio.Event = asyncio.Event()

    def saw(self, payload: bytes) -> None:
        if payload.startswith(b'{"t":"reply"'):
            self.reply.set()

    async def say(self, session: int, key: str) -> None:
        """One message; seconds until its reply into `took`."""
        self.reply.clear()
        began = time.perf_counter()
        self.send({"say": "chat.message", "id": key, "data": {"session": session, "text": "m", "client_id": key}})
        await asyncio.wait_for(self.reply.wait(), 30)
        self.took.append((time.perf_counter() - began) * 1000)


async def chat(place: Place, until: asyncio.Event, longest: float) -> list[float]:
    """Milliseconds that each chat message takes, one each CHAT_EVERY, until an event is set or so long."""
    writers = [Writer(place.ports[at % 2], cookie, "bench:quiet") for at, cookie in enumerate(place.cookies[50:250])]
    await open_all(writers, 30)
    ends, turn = time.monotonic() + longest, 0
    while not until.is_set() and time.monotonic() < ends:
        # Another person each time: one alone may send eight messages in ten seconds.
        await writers[turn % len(writers)].say(place.session, str(uuid.uuid4()))
        turn += 1
        await asyncio.sleep(CHAT_EVERY)
    for writer in writers:
        writer.transport.abort()
    return [took for writer in writers for took in writer.took]


async def notices(place: Place, session: int) -> dict[str, Any]:
    """A delay that many are told: how long chat messages take before and meanwhile, and when all has left."""
    loop, threads = asyncio.get_running_loop(), ThreadPoolExecutor(4)
    before = await chat(place, asyncio.Event(), SECONDS)
    done, moments = asyncio.Event(), dict[str, float]()
    meanwhile = asyncio.create_task(chat(place, done, LONGEST))
    delayed = await loop.run_in_executor(threads, lambda: place.call("bench.programs.showing:delay", session=session))
    while time.time() - delayed < LONGEST:
        await asyncio.sleep(3)
        stands = await loop.run_in_executor(threads, lambda: place.call("bench.programs.showing:told", session=session))
        for name in ("written", "sent"):
            if stands[name] >= NOTICES:
                moments.setdefault(name, time.time() - delayed - TOGETHER)
        if "sent" in moments and not stands["left"]:
            break
    done.set()
    return {"before": before, "meanwhile": await meanwhile, "stands": stands, **moments}


def main() -> None:
    """Run and report."""
    changes = {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench" * 10, "EMAIL_URL": "dummymail://"}
    with installation(250, **changes) as place:
        held = place.call("bench.programs.showing:stages", session=place.session, count=STAGES, each=EACH)
        held["page"] = f"/editions/{held['slug']}/control/"
        without, watched = (asyncio.run(beside(place, held, watched)) for watched in (False, True))
        share = watched["share"] - without["share"]
        print(f"{STAGES} stages, {held['sessions']} sessions, {watched['events']:.0f} events/s beside, two processes")
        print(f"  processes use {without['share']:.0%} of a core, with a control room {watched['share']:.0%}")
        print(f"  {watched['rows']:.1f} rows/s are drawn in it")
        for name, label in (("shown", "press to what the monitor shows"), ("fetched", "the same where it is fetched")):
            both = without[name] + watched[name]
            print(f"  {label}: p50 {median(both):.0f} ms, p99 {percentile(both, 99):.0f} ms of {len(both)}")
        ripple = place.call("bench.programs.showing:ripples", session=place.session, sessions=RIPPLE, times=RIPPLES)
        print(f"  a ripple of {RIPPLE} sessions commits in {median(ripple):.2f} s (median of {RIPPLES})")
        place.call("bench.programs.showing:savers", session=place.session, count=NOTICES)
        told = asyncio.run(notices(place, place.session))
        before, meanwhile = (percentile(told[name], 99) for name in ("before", "meanwhile"))
        print(f"  {NOTICES} notices: written after {told.get('written', LONGEST):.0f} s, sent after")
        print(f"  {told.get('sent', LONGEST):.0f} s; {json.dumps(told['stands'])}")
        print(f"  chat p50/p99 before {median(told['before']):.0f}/{before:.0f} ms, meanwhile")
        print(f"  {median(told['meanwhile']):.0f}/{meanwhile:.0f} ms of {len(told['meanwhile'])}")
    p99 = percentile(without["shown"] + watched["shown"], 99)
    print(
        f"show: control room {share:.0%} of a core, press to monitor p99 {p99:.0f} ms, ripple {median(ripple):.2f} s,"
        f" chat p99 x{meanwhile / before:.1f} while notices leave"
    )
