"""One room, one language and seven: messages and questions to a crowd of sockets, each server on one core.

With seven every frame is drawn seven times, and a machine's words go to six of them. BENCH_SOCKETS in the room,
BENCH_MESSAGES said, BENCH_RATE a second; the machine is a small server beside, which answers at once.
"""

import os
import re
import resource
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.herd import masked
from bench.load import Crowd
from bench.place import Place, installation
from bench.subjects import CORES, ON_SERVER_CORE, cpu
from tests.translation import service

NAME = "languages"
SOCKETS = int(os.environ.get("BENCH_SOCKETS", 5_000))
MESSAGES = int(os.environ.get("BENCH_MESSAGES", 150))
RATE = float(os.environ.get("BENCH_RATE", 10))
SEVEN = ("en", "es", "ca", "zh-hans", "ar", "fr", "pt")
QUIET = 5.0  # seconds without anything, after which the machine's words have all come
FRAME = b'"t":"event"'
PING = re.compile(b"\x89([\x01-\x1f])")  # and the length of what comes back: no text has this sign in it
PEOPLE = 50  # who speak in turn


class Readers(Crowd):
    """A crowd of several languages that counts frames of what happens, which are not the same for all of them."""

    ends: dict[int, bytes] = {}  # the last bytes of each socket: a frame's mark may come in two parts

    def _read(self, fd: int, marker: bytes) -> int:
        size = self.sockets[fd].recv_into(self._buffer)
        if not size:
            raise ConnectionError("The server closed a socket")
        data = self.ends.get(fd, b"") + self._buffer[:size]
        self.ends[fd] = data[1 - len(marker) :]
        for ping in PING.finditer(data):  # who does not answer is sent away
            self.sockets[fd].send(masked(data[ping.end() : ping.end() + ping[1][0]], opcode=10))
        found = data.count(marker)
        self.counts[fd] += found
        return found

    def gather(self, talk: threading.Thread, quiet: float) -> int:
        """Read until nothing has come for so many seconds after the talk; how many frames came."""
        self.counts, self.ends = dict.fromkeys(self.sockets, 0), {}
        last = time.monotonic()
        while talk.is_alive() or time.monotonic() - last < quiet:
            for fd, _event in self.poll.poll(0.5):
                if self._read(fd, FRAME):
                    last = time.monotonic()
        if min(self.counts.values()) < MESSAGES:
            raise RuntimeError(f"A socket had {min(self.counts.values())} of {MESSAGES} messages")
        return sum(self.counts.values())


@dataclass
class Told:
    """What one crowd cost."""

    deliveries: float
    used: float  # seconds of the server's processor, without what it takes while nothing is said

    @property
    def each(self) -> float:
        """Microseconds of the server's processor for a delivery."""
        return self.used / self.deliveries * 1e6


def measure(place: Place, languages: Sequence[str]) -> Told:
    """Let people speak to a crowd that reads these languages."""
    pid = place.servers[0].process.pid
    crowd = Readers(place.ports[0], SOCKETS, place.room, languages)
    try:
        time.sleep(QUIET)  # it has noted who reads what
        idle = -cpu(pid)
        time.sleep(QUIET)
        idle = (idle + cpu(pid)) / QUIET
        used, began = -cpu(pid), time.monotonic()
        talk = threading.Thread(target=_speak, args=(place,))
        talk.start()
        deliveries = crowd.gather(talk, QUIET)
        return Told(deliveries, used + cpu(pid) - idle * (time.monotonic() - began))
    finally:
        crowd.close()


def _speak(place: Place) -> None:
    values = {"session": place.session, "people": place.people[:PEOPLE], "count": MESSAGES, "rate": RATE}
    place.call("bench.programs.speaking:speak", **values)


@contextmanager
def compared(machine: str) -> Iterator[Place]:
    """A server on a core of its own."""
    changes = {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench" * 10, "BENCH_SEVEN": "1"}
    if machine:
        changes |= {"TRANSLATION_BACKENDS": "libretranslate", "LIBRETRANSLATE_URL": machine}
    with installation(PEOPLE, processes=1, prefix=ON_SERVER_CORE, **changes) as place:
        place.call("bench.programs.speaking:prepare", session=place.session)
        yield place


def run() -> dict[str, Told]:
    """One language, seven as they are written, and seven with a machine."""
    told = {}
    with service.running() as machine:
        for name, languages, url in (
            ("one", ["en"], machine.url),
            ("seven", SEVEN, ""),
            ("seven, by machine", SEVEN, machine.url),
        ):
            with compared(url) as place:
                told[name] = measure(place, languages)
    return told


def report(told: dict[str, Told]) -> None:
    """Print the table and the line of ratios."""
    print(f"{SOCKETS} sockets, {MESSAGES} messages and questions, {RATE:g} a second")
    print(" languages           deliveries  us each")
    for name, one in told.items():
        print(f" {name:<18} {one.deliveries:>11,.0f} {one.each:>8.2f}")
    one = told["one"].each
    print(f"as they are written: {told['seven'].each / one:.2f}x one language")
    print(f"languages: {told['seven, by machine'].each / one:.2f}x one language")


def main() -> None:
    """Run and report."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])  # PostgreSQL, Redis and the speakers inherit it
    report(run())
