"""What goes wrong, by name. Each takes an installation of two processes on PostgreSQL and Redis of its own."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from tests import servers
from tests.conftest import Stack
from tests.proxy import Proxy

REDIS_AWAY = 2.0  # seconds that an event may be late at most while Redis is away
PROCESS_GONE = 30.0  # seconds at most after a process has gone


@dataclass
class Scene:
    """Where a fault happens: the installation, and the tunnel that a fifth of the clients come through."""

    stack: Stack
    tunnel: Proxy


Happening = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong, and how many seconds late an event may be because of it, where that is promised."""

    happen: Happening
    limit: float | None = None
    tunnel: bool = False  # whether clients come through the tunnel


def replace(how: int) -> Happening:
    """The last process gets a signal, ends, and is started again."""

    async def happen(scene: Scene) -> None:
        stack = scene.stack
        old = stack.servers[-1]
        await asyncio.to_thread(old.stop, how)
        stack.servers[-1] = await asyncio.to_thread(servers.start_app, stack.env, stack.home, old.port)

    return happen


def freeze(seconds: float) -> Happening:
    """The last process stands still for a while."""

    async def happen(scene: Scene) -> None:
        await _stand_still(scene.stack.servers[-1].process.pid, seconds)

    return happen


def freeze_redis(seconds: float) -> Happening:
    """Redis stands still for a while."""

    async def happen(scene: Scene) -> None:
        await _stand_still(_redis(scene.stack).info("server")["process_id"], seconds)

    return happen


async def _stand_still(pid: int, seconds: float) -> None:
    os.kill(pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        os.kill(pid, signal.SIGCONT)


def kill_redis(seconds: float) -> Happening:
    """Redis is killed and comes back after a while, empty."""

    async def happen(scene: Scene) -> None:
        client = _redis(scene.stack)
        port = client.connection_pool.connection_kwargs["port"]
        os.kill(client.info("server")["process_id"], signal.SIGKILL)
        await asyncio.sleep(seconds)
        # Nobody but stop_services ends this one: the context that started the first has only that one's process.
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--daemonize", "yes"]
        command += ["--dir", str(scene.stack.home)]
        await asyncio.to_thread(subprocess.run, command, stdout=subprocess.DEVNULL, check=True)

    return happen


async def cut_redis(scene: Scene) -> None:
    """Redis hangs up on everybody."""
    for kind in ("pubsub", "normal"):
        _redis(scene.stack).execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")


async def restart_postgres(scene: Scene) -> None:
    """PostgreSQL ends without a checkpoint, comes up again and recovers."""
    await asyncio.to_thread(servers.pg_ctl, _postgres_folder(scene.stack), "restart")


def black_hole(seconds: float) -> Happening:
    """The tunnel swallows everything both ways for a while and closes nothing."""

    async def happen(scene: Scene) -> None:
        scene.tunnel.dark = True
        await asyncio.sleep(seconds)
        scene.tunnel.dark = False

    return happen


def _redis(stack: Stack) -> redis.Redis:
    return redis.Redis.from_url(stack.env["REDIS_URL"])


def _postgres_folder(stack: Stack) -> Path:
    with psycopg.connect(stack.env["DATABASE_URL"]) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row
    return Path(row[0])


def stop_services(stack: Stack) -> None:
    """End the Redis and PostgreSQL that faults may have started anew."""
    try:
        _redis(stack).shutdown(nosave=True)
    finally:
        servers.pg_ctl(_postgres_folder(stack), "stop")


KILLED = Fault(replace(signal.SIGKILL), PROCESS_GONE)
FAULTS = {
    "kill -9 of a process": KILLED,
    "SIGTERM of a process": Fault(replace(signal.SIGTERM), PROCESS_GONE),
    "a process frozen for 6 s": Fault(freeze(6)),
    "Redis killed for 3 s": Fault(kill_redis(3), REDIS_AWAY),
    "Redis frozen for 4 s": Fault(freeze_redis(4), REDIS_AWAY),
    "Redis CLIENT KILL": Fault(cut_redis, REDIS_AWAY),
    "PostgreSQL restart": Fault(restart_postgres),
}
SHORT = {"black hole for 12 s": Fault(black_hole(12), tunnel=True)}
LONG = {
    "Redis killed for 30 s": Fault(kill_redis(30), REDIS_AWAY),
    "black hole for 60 s": Fault(black_hole(60), tunnel=True),
}
