"""Moments as this process reads them from the database, beside the driver's own way."""

from typing import Any

from django.db import connection
from psycopg.types.datetime import TimestamptzLoader

from common.moments import Moments

WRITTEN = [
    *("2026-11-27 20:56:28.919409+00", "2026-11-27 20:56:28.9+00", "2026-02-28 23:59:59+00", "2026-03-29 03:30+02:30"),
    *("0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00", "infinity", "0044-03-15 00:00:00+00 BC"),
]


def differing() -> list[str]:
    """What is read otherwise, or not refused as the driver refuses it; all, where the connection has another way."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        reads = cursor.connection.adapters.get_loader(1184, 0) is Moments
        return [text for text in WRITTEN if not reads or _read(cursor, text, Moments) != _read(cursor, text, None)]


def _read(cursor: Any, text: str, loader: Any) -> Any:
    cursor.connection.adapters.register_loader("timestamptz", loader or TimestamptzLoader)
    try:
        cursor.execute("SELECT %s::timestamptz", [text])
        (moment,) = cursor.fetchone()
    except Exception as refused:  # noqa: BLE001
        connection.rollback()
        return type(refused)
    return moment, moment.utcoffset()
