"""The work of one process beside its requests: tasks on the event loop, and threads for the database."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection

logger = logging.getLogger(__name__)
T = TypeVar("T")


class Tasks:
    """Tasks that belong together and end together. Made within a running event loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        # Channels runs all database work of a process in one thread; the hub must not wait behind it.
        self._executor = ThreadPoolExecutor(4, "hub")
        self._tasks: set[asyncio.Task[None]] = set()

    async def database(self, work: Callable[..., T], *args: Any) -> T:
        """Run database work in threads of its own; its result, or what it raises."""

        def run() -> T:
            try:
                return work(*args)
            except Exception:
                connection.close()  # it may be the reason; the threads keep their connections otherwise
                raise

        return await self.loop.run_in_executor(self._executor, run)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a task; what it raises is logged."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do work again and again, so many seconds after it was done; what it raises is logged."""
        self.spawn(self._repeat(seconds, work))

    async def _repeat(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception as error:  # the database may be away for a while
                logger.warning("%s failed: %s", getattr(work, "__name__", work), error)

    def cancel(self) -> None:
        """End all tasks."""
        for task in list(self._tasks):
            task.cancel()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            logger.error("A task of the hub failed", exc_info=task.exception())
