"""Group commit: writes to a room that arrive together are committed together.

While one thread commits, the next writes of the room wait; whoever gets the turn then takes all of them into one
transaction. Nobody is delayed when there is nobody to wait for, and no thread or timer is needed. Each write has its
own savepoint, its own result or exception, and returns only after the commit. A room per transaction: two processes
cannot lock each other out.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from django.db import DatabaseError, OperationalError, connection, transaction

from live import metrics

T = TypeVar("T")
TOGETHER = 64  # writes in one transaction at most


class Write(Generic[T]):
    """One write that waits for its turn, and its outcome."""

    def __init__(self, operation: Callable[[], T]) -> None:
        self.operation = operation
        self.done = False
        self.result: T | None = None
        self.error: Exception | None = None

    def attempt(self) -> None:
        """Run it within a savepoint, so that what fails takes nothing of the others with it."""
        try:
            with transaction.atomic():
                self.result = self.operation()
        except Exception as error:
            self.error = error

    @property
    def outcome_name(self) -> str:
        """As it is called in the metrics."""
        if isinstance(self.error, DatabaseError):
            return "failed"
        return "refused" if self.error else "committed"

    def outcome(self) -> T:
        """Its result, or what it raised."""
        if self.error:
            raise self.error
        return cast(T, self.result)


class Queue:
    """The writes of one room, in the order they came."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.waiting: deque[Write[Any]] = deque()

    def commit(self) -> None:
        """Take the next writes into one transaction. Who holds the turn calls this."""
        writes = [self.waiting.popleft() for _ in range(min(TOGETHER, len(self.waiting)))]
        try:
            with transaction.atomic():
                for write in writes:
                    write.attempt()
        except Exception as error:  # the commit itself: nothing was written, nobody may be told otherwise
            for write in writes:
                write.error = error
        try:
            for write in writes:
                if isinstance(write.error, OperationalError):  # a deadlock, a lost connection: nobody's own outcome
                    write.error = None
                    write.attempt()
        finally:
            for write in writes:
                metrics.counts[f'writes_total{{outcome="{write.outcome_name}"}}'] += 1
                write.done = True


_queues: dict[str, Queue] = {}


def queue_of(key: str) -> Queue:
    """The queue that a room's writes wait in; on SQLite, which has one lock for all, there is one queue.

    Who waits for that lock in the database sleeps at random and may time out.
    """
    return _queues.setdefault("" if connection.vendor == "sqlite" else key, Queue())


def together(key: str, operation: Callable[[], T]) -> T:
    """Run a write to a room in a transaction shared with others of the moment; its result after the commit.

    Raises what `operation` raises, or what the commit raised. Within a transaction of the caller it just runs.
    """
    if connection.in_atomic_block:
        return operation()
    queue = queue_of(key)
    write = Write(operation)
    queue.waiting.append(write)
    while not write.done:
        with queue.turn:
            if not write.done:
                queue.commit()
    return write.outcome()
