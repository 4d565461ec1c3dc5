"""Group commit: writes of one room that arrive while another commits share the next transaction."""

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from django.db import OperationalError, connection, transaction

T = TypeVar("T")
AT_ONCE = 64  # writes of one transaction


class _Write(Generic[T]):
    """One write and its own outcome, known once `done`."""

    def __init__(self, operation: Callable[[], T]) -> None:
        self.operation = operation
        self.done = False
        self.error: Exception | None = None
        self.result: T

    def run(self, within: Callable[[], transaction.Atomic]) -> None:
        """Try it, in a savepoint or a transaction of its own."""
        self.error = None
        try:
            with within():
                self.result = self.operation()
        except Exception as error:
            self.error = error

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return self.result


class _Lane:
    """The writes of one room in this process."""

    def __init__(self) -> None:
        self.waiting: deque[_Write[object]] = deque()
        self.turn = threading.Lock()


_lanes: dict[str, _Lane] = {}


def together(key: str, operation: Callable[[], T]) -> T:
    """Run `operation` in a transaction that it may share, and return or raise its own outcome after the commit.

    Whoever comes first carries out what waits; the others find their write done. The longer a commit takes, the more
    writes share the next one, and a single write waits for nobody. Only writes of one room share a transaction: with
    the locks of two rooms, two processes could wait for each other.
    """
    # SQLite has one lock for all: whoever waits for it in the database sleeps too long or in vain.
    lane = _lanes.setdefault("" if connection.vendor == "sqlite" else key, _Lane())
    write = _Write(operation)
    lane.waiting.append(write)  # type: ignore[arg-type]
    with lane.turn:
        while not write.done:
            _carry_out([lane.waiting.popleft() for _ in range(min(AT_ONCE, len(lane.waiting)))])
    return write.outcome()


def _carry_out(writes: list[_Write[object]]) -> None:
    """One transaction for all of them; one of its own for each that the database stopped."""
    try:
        with transaction.atomic():
            for write in writes:
                write.run(partial(transaction.atomic, savepoint=True))
        again = [write for write in writes if isinstance(write.error, OperationalError)]
    except Exception:
        again = writes
    try:
        for write in again:  # a deadlock or a lost connection is nobody's own outcome
            write.run(transaction.atomic)
    finally:
        for write in writes:
            write.done = True
