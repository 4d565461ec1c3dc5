"""One clock for all processes: the database's, so that a wrong clock on one machine decides nothing.

The database is asked every REFRESH seconds; between two questions our monotonic clock counts on, without a query.
"""

from datetime import datetime, timedelta
from time import monotonic
from typing import Any, NamedTuple

from django.db import connection, models
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


class MadeAt(models.DateTimeField):  # type: ignore[type-arg]
    """When a row was made. The clock is asked when it is saved, not when an instance is made.

    For models of which Django makes an instance before the database is reached, as it does of the user at each start.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The value to write: now, for a new row that has none."""
        if add and getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, now())
        return super().pre_save(model_instance, add)
