"""The thread of each process that does what is due: beside requests and sockets, so that it slows neither."""

import logging
from threading import Event, Thread

from django.db import connection

from scheduler import work

LOOK_EVERY = 1.0  # seconds
AFTER_FAILURE = 10.0
logger = logging.getLogger(__name__)


class Worker(Thread):
    """Does what is due until it is stopped. After a standstill it begins with what has been due longest."""

    def __init__(self) -> None:
        super().__init__(name="scheduler", daemon=True)
        self._stopping = Event()

    def run(self) -> None:
        """Look for what is due each second."""
        started, wait = False, 0.0
        while not self._stopping.wait(wait):
            wait = LOOK_EVERY
            try:
                if not started:
                    work.start()
                    started = True
                work.do_due()
            except Exception as error:  # the database is away, or not migrated yet
                logger.warning("The schedule cannot be read: %s", error)
                connection.close()
                wait = AFTER_FAILURE
        connection.close()

    def stop(self) -> None:
        """Take no further job."""
        self._stopping.set()
