"""One clock for all processes: the database's, so that a wrong clock on one machine decides nothing.

The database is asked every REFRESH seconds; between two questions our monotonic clock counts on, without a query.
"""

from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

REFRESH = 30.0  # seconds between questions to the database


class Reading(NamedTuple):
    """A time of the database's clock, and the seconds of our monotonic clock at that moment."""

    time: datetime
    at: float


_reading: Reading | None = None


def now() -> datetime:
    """The database's time, aware. SQLite has the clock of the machine that all its processes share."""
    global _reading
    if connection.vendor == "sqlite":
        return timezone.now()
    if _reading is None or monotonic() - _reading.at > REFRESH:
        _reading = _ask_database()
    return _reading.time + timedelta(seconds=monotonic() - _reading.at)


def timestamp() -> float:
    """The database's time in seconds since 1970."""
    return now().timestamp()


def _ask_database() -> Reading:
    before = monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return Reading(cursor.fetchone()[0], (before + monotonic()) / 2)
