"""What goes wrong, by name. Each takes an installation of two processes on PostgreSQL and Redis of its own."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable

import psycopg
import redis

from tests import servers
from tests.conftest import Stack

Fault = Callable[[Stack], Awaitable[None]]


def replace(how: int) -> Fault:
    """The last process gets a signal, ends, and is started again."""

    async def fault(stack: Stack) -> None:
        old = stack.servers[-1]
        await asyncio.to_thread(old.stop, how)
        stack.servers[-1] = await asyncio.to_thread(servers.start_app, stack.env, stack.home, old.port)

    return fault


def freeze(seconds: float) -> Fault:
    """The last process stands still for a while."""

    async def fault(stack: Stack) -> None:
        await _stand_still(stack.servers[-1].process.pid, seconds)

    return fault


def freeze_redis(seconds: float) -> Fault:
    """Redis stands still for a while."""

    async def fault(stack: Stack) -> None:
        await _stand_still(_redis(stack).info("server")["process_id"], seconds)

    return fault


async def _stand_still(pid: int, seconds: float) -> None:
    os.kill(pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        os.kill(pid, signal.SIGCONT)


def kill_redis(seconds: float) -> Fault:
    """Redis is killed and comes back after a while, empty."""

    async def fault(stack: Stack) -> None:
        client = _redis(stack)
        port = client.connection_pool.connection_kwargs["port"]
        os.kill(client.info("server")["process_id"], signal.SIGKILL)
        await asyncio.sleep(seconds)
        # The context that started the first one ends it: this one ends itself with the shell that waits for us.
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--daemonize", "yes"]
        await asyncio.to_thread(servers.subprocess.run, [*command, "--dir", str(stack.home)], stdout=-3, check=True)

    return fault


async def cut_redis(stack: Stack) -> None:
    """Redis hangs up on everybody."""
    for kind in ("pubsub", "normal"):
        _redis(stack).execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")


async def crash_postgres(stack: Stack) -> None:
    """PostgreSQL loses a backend, ends all connections and recovers."""
    with psycopg.connect(stack.env["DATABASE_URL"]) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)


def _redis(stack: Stack) -> redis.Redis:
    return redis.Redis.from_url(stack.env["REDIS_URL"])


def stop_redis(stack: Stack) -> None:
    """End a Redis that a fault has started."""
    with contextlib.suppress(redis.RedisError):
        _redis(stack).shutdown(nosave=True)


FAULTS: dict[str, Fault] = {
    "kill -9 of a process": replace(signal.SIGKILL),
    "SIGTERM of a process": replace(signal.SIGTERM),
    "a process frozen for 6 s": freeze(6),
    "Redis killed for 3 s": kill_redis(3),
    "Redis frozen for 4 s": freeze_redis(4),
    "Redis CLIENT KILL": cut_redis,
    "PostgreSQL crash restart": crash_postgres,
}
LONG: dict[str, Fault] = {"Redis killed for 30 s": kill_redis(30)}
