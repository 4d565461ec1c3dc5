"""Batching: what arrives while one batch is under way is the next batch."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from django.db import OperationalError

from live.protocols import Workers

Item = TypeVar("Item")
Result = TypeVar("Result")
Batch = list[tuple[Item, asyncio.Future[Result]]]
logger = logging.getLogger(__name__)

REST = 0.05  # seconds between look-ups while people arrive: one query for several of them
RUSH = 4  # that came in such a time are a rush: then it is three times as long
ENOUGH = 100  # for which one query is made at once: of more, each would cost hardly less


class Batching(Generic[Item, Result]):
    """Items that wait for the same work, in the order in which they came.

    `work(items)` is called in a database thread with at most `size` items and gives one result for each, in order.
    When it fails it is called again with each item alone, so that what fails takes nothing else with it. Not when it
    fails with an OperationalError: then the database is away, for each alone as for all.

    A batch of few begins at least `rest` seconds after the one before, in a rush three times that: of those who come
    one after the other, some are looked up together. Who comes alone waits for nothing.
    """

    def __init__(
        self, workers: Workers, work: Callable[[list[Item]], Sequence[Result]], size: int, rest: float = 0.0
    ) -> None:
        self._workers = workers
        self._work = work
        self._size = size
        self._least = min(size, ENOUGH)
        self._rest = rest
        self._rests_until = 0.0  # time.monotonic()
        self._enough: asyncio.Event | None = None  # while it rests
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._busy = False

    def add(self, item: Item) -> asyncio.Future[Result]:
        """The result of `item` when its batch is done; raises what `work` raised for it. Cancelled, it is left out."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._enough and len(self._waiting) >= self._least:
            self._enough.set()
        if not self._busy:
            self._busy = True
            self._workers.spawn(self._run())
        return future

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._wait_for_more()
                if batch := self._next():
                    await self._carry_out(batch)
        finally:
            self._busy = False

    async def _wait_for_more(self) -> None:
        wait = self._rests_until - time.monotonic()
        if wait > 0 and len(self._waiting) < self._least:
            self._enough = asyncio.Event()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), wait)
            self._enough = None
        rest = 3 * self._rest if len(self._waiting) >= RUSH else self._rest
        self._rests_until = time.monotonic() + rest

    def _next(self) -> Batch[Item, Result]:
        """The next batch; empty when nothing waits."""
        batch: Batch[Item, Result] = []
        while self._waiting and len(batch) < self._size:
            item, future = self._waiting.popleft()
            if not future.done():
                batch.append((item, future))
        return batch

    async def _carry_out(self, batch: Batch[Item, Result]) -> None:
        try:
            results = await self._workers.database(self._work, [item for item, _ in batch])
            if len(results) != len(batch):
                raise ValueError(f"{len(results)} results for {len(batch)} items")
        except OperationalError as error:
            logger.warning("A batch of %s failed: %s", len(batch), error)
            _fail(batch, error)
        except Exception as error:
            if len(batch) == 1:
                return _fail(batch, error)
            for pair in batch:
                await self._carry_out([pair])
        else:
            for (_, future), result in zip(batch, results, strict=True):
                if not future.done():  # who waited may have gone meanwhile
                    future.set_result(result)


def _fail(batch: Batch[Item, Result], error: Exception) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(error)
