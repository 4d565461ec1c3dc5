"""Moments as PostgreSQL writes them, read by Python's own parser: the driver's takes ten times as long."""

from datetime import UTC, datetime

from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader


class Moments(TimestamptzLoader):
    """A timestamp with time zone, in UTC."""

    timezone = UTC  # Django asks for it, and would take its own reader in the place of one of another zone

    def load(self, data: Buffer) -> datetime:
        """The moment; what is no plain one (infinity, before Christ) is for the driver to refuse."""
        try:
            moment = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return super().load(data)
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
