"""The threads in which requests are answered: a fixed number, with a line in front of them.

A thread for each request would drain the database's connections and take the processor from the event loop, which
serves the sockets of those who are inside. So what people inside do goes first, new pages wait behind it, and beyond
what can be answered in time a request is told to come again at once.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from threading import local
from typing import Any, NamedTuple, TypeVar

from django.conf import settings

from live import commit

T = TypeVar("T")

PATIENCE = 5.0  # seconds that a new page may have waited; who comes then is told to come again
MOST_RESTING = 12  # threads that wait for others, beside those that work
MOST_WAITING = 2000  # requests in each line: what is kept in memory


class InLine(Exception):
    """There is more to do than can be done in time."""


class Waiting(NamedTuple):
    """A request that waits for a thread."""

    work: Callable[[], Any]
    answer: "asyncio.Future[Any]"
    since: float


class Workers:
    """So many threads, and two lines: what people inside do goes before new pages. Used on one event loop.

    A thread that rests, as its write waits for others to be committed with it, gives its place to another request: else
    no more writes would ever be committed together than there are places.
    """

    def __init__(self, threads: int) -> None:
        self._mine = local()
        self._executor = ThreadPoolExecutor(threads + MOST_RESTING, "request", self._begin)
        self._threads = threads
        self._busy = 0  # threads that have a request
        self._resting = 0  # of these
        self._loop: asyncio.AbstractEventLoop | None = None
        self._inside: deque[Waiting] = deque()
        self._arriving: deque[Waiting] = deque()
        self.refused = 0

    async def run(self, work: Callable[[], T], *, inside: bool) -> T:
        """What `work` gives, or raises, in a thread. Raises InLine when there is no hope of it in time.

        A caller that is cancelled gives its place in the line back.
        """
        line = self._inside if inside else self._arriving
        if len(line) >= MOST_WAITING or (not inside and self._waits_long(line)):
            self.refused += 1
            raise InLine
        waiting = Waiting(work, asyncio.get_running_loop().create_future(), time.monotonic())
        line.append(waiting)
        self._next()
        return await waiting.answer  # type: ignore[no-any-return]

    def _begin(self) -> None:
        self._mine.works = True

    @contextmanager
    def resting(self) -> Iterator[None]:
        """While a thread waits for others; nothing where it is none of these. Who has waited goes on at once."""
        if not hasattr(self._mine, "works"):
            yield
            return
        self._rest(1)
        try:
            yield
        finally:
            self._rest(-1)

    def _rest(self, by: int) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody comes any more
            assert self._loop is not None
            self._loop.call_soon_threadsafe(self._rests, by)

    def _rests(self, by: int) -> None:
        self._resting += by
        self._next()

    @property
    def waiting(self) -> int:
        """How many requests wait for a thread."""
        return len(self._inside) + len(self._arriving)

    @staticmethod
    def _waits_long(line: "deque[Waiting]") -> bool:
        return bool(line) and time.monotonic() - line[0].since > PATIENCE

    def _next(self) -> None:
        """Give free threads to those who have waited longest, people inside first."""
        while self._has_place() and (line := self._inside or self._arriving):
            waiting = line.popleft()
            if waiting.answer.done():  # who asked is gone
                continue
            self._busy += 1
            self._loop = asyncio.get_running_loop()
            done = self._loop.run_in_executor(self._executor, waiting.work)
            done.add_done_callback(partial(self._done, waiting.answer))

    def _has_place(self) -> bool:
        return self._busy - self._resting < self._threads and self._busy < self._threads + MOST_RESTING

    def _done(self, answer: "asyncio.Future[Any]", result: "asyncio.Future[Any]") -> None:
        self._busy -= 1
        error = None if result.cancelled() else result.exception()
        if not answer.done():
            if error:
                answer.set_exception(error)
            else:
                answer.set_result(None if result.cancelled() else result.result())
        self._next()


workers = Workers(settings.REQUEST_THREADS)
commit.install(workers.resting)
