"""Group commit: writes to a room that arrive together are committed together.

While one thread commits, the next writes of the room wait; whoever gets the turn then takes all of them into one
transaction. Nobody is delayed when there is nobody to wait for, and no timer is needed. Each write has its own result
or error and returns only after the commit. A room per transaction: two processes cannot lock each other out.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from live import metrics
from live.outcomes import Failed, Outcome

T = TypeVar("T")
Result = TypeVar("Result")
TOGETHER = 64  # writes in one transaction at most

# Nobody's own outcome: a deadlock, a lost connection, the same client id at two processes at once.
TRY_AGAIN = (OperationalError, IntegrityError)


class QueuedWrite(Generic[T, Result]):
    """One write that waits for its turn, and its outcome."""

    def __init__(self, item: T, work: "Work[T, Result]") -> None:
        self.item = item
        self.work = work
        self.done = False
        self.woken = threading.Lock()
        self.woken.acquire()
        self.outcome: Outcome[Result] = Failed(RuntimeError("This write was not run"))


Work = Callable[[list[T]], Sequence[Outcome[Result]]]
QueuedWrites = list[QueuedWrite[Any, Any]]


def attempt(writes: QueuedWrites) -> None:
    """Do writes of one kind at once; when that fails each alone, so that what fails takes nothing else with it."""
    try:
        with transaction.atomic():
            outcomes = writes[0].work([write.item for write in writes])
    except Exception as error:
        if len(writes) == 1:
            writes[0].outcome = Failed(error)
        else:
            for write in writes:
                attempt([write])
    else:
        for write, outcome in zip(writes, outcomes, strict=True):
            write.outcome = outcome


class Queue:
    """The writes of one room, in the order they came. One thread at a time has the turn."""

    def __init__(self) -> None:
        self.waiting: deque[QueuedWrite[Any, Any]] = deque()
        self.taken = False
        self._lock = threading.Lock()

    def run(self, writes: QueuedWrites) -> None:
        """Stand in line with writes of one thread, in their order; returns when all are done, by whichever thread."""
        with self._lock:
            self.waiting.extend(writes)
            if not self.taken:
                self.taken = True
                writes[0].woken.release()
        for write in writes:
            self._wait(write)
            if not write.done:
                self.commit()

    def _wait(self, write: QueuedWrite[Any, Any]) -> None:
        """Return when the turn is this write's, or when it is done."""
        if write.woken.acquire(blocking=False):
            return
        if connection.vendor == "postgresql":
            connection.close()  # back into the pool: who waits leaves it to those who work
        with _resting():
            write.woken.acquire()

    def commit(self) -> None:
        """Take the next writes into one transaction, then pass the turn on. Who holds the turn calls this."""
        writes = [self.waiting.popleft() for _ in range(min(TOGETHER, len(self.waiting)))]
        try:
            self._write(writes)
        finally:
            for write in writes:
                write.done = True
                write.woken.release()
            self.pass_on()

    def _write(self, writes: QueuedWrites) -> None:
        kinds = [list(same) for _, same in groupby(writes, lambda write: write.work)]
        try:
            if len(kinds) == 1:  # its transaction is the whole one: no savepoint in another
                attempt(kinds[0])
            else:
                with transaction.atomic():
                    for same in kinds:
                        attempt(same)
        except Exception as error:  # the commit itself: nothing was written, nobody may be told otherwise
            for write in writes:
                write.outcome = Failed(error)
        for write in writes:
            if isinstance(write.outcome, Failed) and isinstance(write.outcome.error, TRY_AGAIN):
                attempt([write])

    def pass_on(self) -> None:
        """The turn goes to whoever waits longest."""
        with self._lock:
            self.taken = bool(self.waiting)
            if self.waiting:
                self.waiting[0].woken.release()


_queues: dict[str, Queue] = {}
_resting: Callable[[], AbstractContextManager[None]] = nullcontext


def install(resting: Callable[[], AbstractContextManager[None]]) -> None:
    """Make that what a thread is in while it waits for its turn (hybrid.workers)."""
    global _resting
    _resting = resting


def queue_of(key: str) -> Queue:
    """The queue that a room's writes wait in; on SQLite, which has one lock for all, there is one queue.

    Who waits for that lock in the database sleeps at random and may time out.
    """
    return _queues.setdefault("" if connection.vendor == "sqlite" else key, Queue())


def in_bulk(key: str, item: T, work: Work[T, Result]) -> Result:
    """Have `item` written to a room, at once with others that wait for the same `work`; its result after the commit.

    `work(items)` writes them all and gives one outcome for each. If it raises, it is called with each item alone. What
    the item's outcome, `work([item])` or the commit raised is raised. Within a transaction of the caller it just runs.
    """
    if connection.in_atomic_block:
        write = QueuedWrite(item, work)
        attempt([write])
        return write.outcome.get()
    (outcome,) = all_in_bulk(key, [item], work)
    metrics.counts[f'writes_total{{outcome="{_name(outcome)}"}}'] += 1
    return outcome.get()


def _name(outcome: Outcome[Any]) -> str:
    """As it is called in the metrics."""
    if isinstance(outcome, Failed):
        return "failed" if isinstance(outcome.error, DatabaseError) else "refused"
    return "committed"


def all_in_bulk(key: str, items: list[T], work: Work[T, Result]) -> list[Outcome[Result]]:
    """As `in_bulk` for items that have arrived together; the outcome of each."""
    writes = [QueuedWrite(item, work) for item in items]
    if writes:
        queue_of(key).run(writes)
    return [write.outcome for write in writes]
