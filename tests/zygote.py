"""Starts product processes from one that has loaded the libraries already: each is ready a second earlier.

Only for the installations of the tests. What must start as at a user's starts by itself (tests/hybrid/test_start.py).
As a program it is that process: each message is JSON {argv, env} with four open files (input, output, errors, and where
the exit code is written as one byte), the answer the new process' id.
"""

import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 200_000  # bytes of a message
# What the product loads, but for what reads settings or makes the reactor when it is loaded.
LOADED = (
    "asyncio.events attr cryptography.hazmat.primitives.asymmetric.ec django.core.management django.core.serializers",
    "django.db.models django.db.backends.postgresql.base django.db.backends.sqlite3.base django.forms django.http",
    "django.middleware.common django.shortcuts django.template.loader django.test django.urls django.views.generic",
    "django.utils.translation environ http.client icalendar json nh3 PIL.Image PIL.ImageOps psycopg psycopg_pool",
    "redis.asyncio requests segno sqlite3 sqlparse twisted.internet.defer twisted.internet.tcp twisted.web.http",
    "twisted.internet.endpoints twisted.protocols.tls twisted.web.server webvtt xml.etree.ElementTree",
)


class Forked:
    """A process that the zygote made, to be used as a subprocess.Popen."""

    def __init__(self, args: Sequence[str], pid: int, code: int) -> None:
        """`code` is where it writes its exit code; it is closed here."""
        self.args, self.pid = args, pid
        self.returncode: int | None = None
        self._code = code
        self._fd = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Its exit code when it has ended; else None."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, -1 when it did not end by itself. Raises TimeoutExpired while it runs."""
        if self.returncode is None:
            waiting = select.poll()  # select() takes no descriptor over 1,023, of which benchmarks have more
            waiting.register(self._fd, select.POLLIN)
            if not waiting.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            written = os.read(self._code, 1)
            self.returncode = written[0] if written else -1
            os.close(self._fd)
            os.close(self._code)
        return self.returncode

    def send_signal(self, how: int) -> None:
        """Nothing when it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._fd, how)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)


class Zygote:
    """The process that others are made of; started when it is first asked."""

    def __init__(self) -> None:
        self._ours: socket.socket | None = None
        self._lock = threading.Lock()

    def start(self, argv: Sequence[str], env: Mapping[str, str], files: Sequence[int]) -> Forked:
        """Run a Python program, by its path or "-m name"; `files` are its input, output and errors."""
        message = json.dumps({"argv": argv, "env": dict(env)}).encode()
        code, theirs = os.pipe()
        with self._lock:
            if self._ours is None:
                self._ours = self._born()
            socket.send_fds(self._ours, [message], [*files, theirs])
            os.close(theirs)
            return Forked(argv, int(self._ours.recv(100)), code)

    @staticmethod
    def _born() -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-u", "-m", "tests.zygote", str(theirs.fileno())]
        subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()
        return ours


zygote = Zygote()


def serve(asked: socket.socket) -> None:
    """Make processes until nobody asks any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    for name in " ".join(LOADED).split():
        importlib.import_module(name)
    assert "twisted.internet.reactor" not in sys.modules, "each process has its own"
    while True:
        message, files, _flags, _address = socket.recv_fds(asked, LONGEST, 4)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            asked.close()
            become(json.loads(message), files)
        asked.send(str(pid).encode())
        for file in files:
            os.close(file)


def become(wanted: dict[str, Any], files: Sequence[int]) -> None:
    """Be the program that is wanted. Does not return."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(wanted["env"])
    time.tzset()
    *standard, told = files
    os.set_inheritable(told, False)
    for number, file in enumerate(standard):
        os.dup2(file, number)
        os.close(file)
    code = 1
    try:
        sys.argv = wanted["argv"]
        if sys.argv[0] == "-m":
            sys.argv = sys.argv[1:]
            runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(sys.argv[0], run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(told, bytes([code & 255]))
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
