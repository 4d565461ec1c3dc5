"""Batching: what arrives while one batch is under way is the next batch. Nothing waits on purpose."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import OperationalError

from live.protocols import Workers

Item = TypeVar("Item")
Result = TypeVar("Result")
Batch = list[tuple[Item, asyncio.Future[Result]]]
logger = logging.getLogger(__name__)


class Batching(Generic[Item, Result]):
    """Items that wait for the same work, in the order in which they came.

    `work(items)` is called in a database thread with at most `size` items and gives one result for each, in order.
    When it fails it is called again with each item alone, so that what fails takes nothing else with it. Not when it
    fails with an OperationalError: then the database is away, for each alone as for all.
    """

    def __init__(self, workers: Workers, work: Callable[[list[Item]], Sequence[Result]], size: int) -> None:
        self._workers = workers
        self._work = work
        self._size = size
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._busy = False

    def add(self, item: Item) -> asyncio.Future[Result]:
        """The result of `item` when its batch is done; raises what `work` raised for it. Cancelled, it is left out."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if not self._busy:
            self._busy = True
            self._workers.spawn(self._run())
        return future

    async def _run(self) -> None:
        try:
            while batch := self._next():
                await self._carry_out(batch)
        finally:
            self._busy = False

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
