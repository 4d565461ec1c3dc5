"""/healthz, /readyz and /metrics, answered before Django: neither host check nor redirect stands in a probe's way."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any, TypeVar

from django.conf import settings
from django.db import close_old_connections, connection

from hybrid import readiness
from live import doorbell, hub, metrics
from people.address import unmapped

TIMEOUT = 3.0  # seconds that the database gets to answer
FORWARDED = (b"x-forwarded-for", b"forwarded", b"x-real-ip")

draining = False  # the process has been told to stop, whether or not any socket was open
T = TypeVar("T")
Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def with_health(application: Application) -> Application:
    """The application with the three addresses in front of it."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: Any) -> None:
        answer = ANSWERS.get(scope["path"])
        if answer is None or (answer is not healthz and not private(scope)):
            return await application(scope, receive, send)
        status, text = await answer()
        headers = [(b"content-type", b"text/plain; version=0.0.4; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})

    return wrapped


def private(scope: dict[str, Any]) -> bool:
    """Whether the request has the token, or comes from this machine and through no proxy."""
    headers = dict(scope["headers"])
    if sent := headers.get(b"authorization"):
        expected = f"Bearer {settings.METRICS_TOKEN}".encode()
        return bool(settings.METRICS_TOKEN) and hmac.compare_digest(sent, expected)
    client = scope.get("client") or ["0.0.0.0"]
    return ip_address(unmapped(client[0])).is_loopback and not any(name in headers for name in FORWARDED)


def leave() -> None:
    """From now on the process is unready."""
    global draining
    draining = True


async def healthz() -> tuple[int, str]:
    """The process is alive: its loop turns."""
    return 200, "alive\n"


async def readyz() -> tuple[int, str]:
    """Whether to send people here. Without its bus a process still serves, a second late, so it stays ready."""
    database = await _works(asyncio.to_thread(_in_thread, _ask_database))
    migrations = database and await _works(asyncio.to_thread(_in_thread, readiness.migrations_applied))
    static = await _works(asyncio.to_thread(readiness.static_collected))
    bus = await _works(doorbell.send({}))
    state = [
        f"database {_word(database)}",
        f"migrations {'applied' if migrations else 'missing' if database else 'unknown'}",
        f"static {'collected' if static else 'missing'}",
        f"bus {_word(bus)}",
        f"draining {'yes' if draining else 'no'}",
    ]
    ready = database and migrations and static and not draining
    return (200 if ready else 503), "\n".join(state) + "\n"


async def show_metrics() -> tuple[int, str]:
    """Numbers for Prometheus."""
    return 200, metrics.text(hub.existing())


async def _works(check: Any) -> bool:
    """Whether a check ends in time, without an error and not with False."""
    try:
        return await asyncio.wait_for(check, TIMEOUT) is not False
    except Exception:
        return False


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _in_thread(question: Callable[[], T]) -> T:
    """The answer of the database, in a thread that keeps no connection."""
    close_old_connections()
    try:
        return question()
    finally:
        connection.close()


def _word(works: bool) -> str:
    return "up" if works else "down"


ANSWERS = {"/healthz": healthz, "/readyz": readyz, "/metrics": show_metrics}
