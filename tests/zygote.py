"""Starts product processes from one that has loaded the libraries already: each is ready a second earlier.

Who asks a second time with the same environment gets processes in which Django has loaded the apps as well. Only for
the installations of the tests: what must start as at a user's starts by itself (tests/hybrid/test_start.py).
As a program it is that process: each message is JSON {argv, env} with four open files (input, output, errors, and where
the exit code is written as one byte), the answer the new process' id.
"""

import gc
import importlib
import json
import os
import re
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 200_000  # bytes of a message
NESTS = 4  # processes with the apps loaded that are kept, each for one environment
Wanted = dict[str, Any]
# What the product loads, but for what reads settings or makes the reactor when it is loaded.
LOADED = (
    "autobahn.nvx autobahn.websocket.protocol",
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
        try:
            self._fd = os.pidfd_open(pid)
        except ProcessLookupError:  # it has ended already
            self._note_code()

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
            self._note_code()
            os.close(self._fd)
        assert self.returncode is not None
        return self.returncode

    def _note_code(self) -> None:
        written = os.read(self._code, 1)
        self.returncode = written[0] if written else -1
        os.close(self._code)

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


def serve(asked: socket.socket, begin: Callable[[Wanted], None], nests: "Nests | None" = None) -> None:
    """Make processes until nobody asks any more; `begin` prepares each for what is wanted."""
    assert "twisted.internet.reactor" not in sys.modules, "each process has its own"
    gc.collect()
    gc.freeze()  # what is loaded stays in memory that all share
    while True:
        message, files, _flags, _address = socket.recv_fds(asked, LONGEST, 4)
        if not message:
            return
        wanted = json.loads(message)
        pid = nests.ask(wanted, message, files) if nests else b""
        if not pid:
            child = os.fork()
            if child == 0:
                asked.close()
                begin(wanted)
                become(wanted, files)
            pid = str(child).encode()
        asked.send(pid)
        for file in files:
            os.close(file)


class Nests:
    """Processes that have loaded the apps, for environments that were wanted before."""

    def __init__(self) -> None:
        self._wanted: set[str] = set()
        self._found: dict[str, socket.socket] = {}

    def ask(self, wanted: Wanted, message: bytes, files: Sequence[int]) -> bytes:
        """The id of a process that such a one has made; b"" when the caller is to make it."""
        name = alike(wanted["env"])
        if name not in self._wanted or wanted["env"].get("DJANGO_SETTINGS_MODULE") != "tests.settings":
            self._wanted.add(name)
            return b""
        if name not in self._found:
            if len(self._found) == NESTS:
                self._found.pop(next(iter(self._found))).close()  # it ends by itself
            self._found[name] = self._made(wanted)
        nest = self._found[name] = self._found.pop(name)  # the last that was asked is the last to go
        try:
            socket.send_fds(nest, [message], list(files))
            return nest.recv(100)
        except OSError:  # such an environment does not start: whoever wants it is to see that
            return b""

    def _made(self, wanted: Wanted) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if os.fork():
            theirs.close()
            return ours
        os.closerange(3, theirs.fileno())
        os.closerange(theirs.fileno() + 1, 1024)
        try:
            load(wanted["env"])
            serve(theirs, aim)
        finally:
            os._exit(0)


def alike(env: Mapping[str, str]) -> str:
    """The same for environments in which the same is loaded: the database is connected to later."""
    address = env.get("DATABASE_URL", "")
    kind, options = address.partition(":")[0], address.partition("?")[2]
    kept = {key: value for key, value in env.items() if key not in ("DATABASE_URL", "PYTEST_CURRENT_TEST")}
    return json.dumps([kept, kind, options], sort_keys=True)


def load(env: Mapping[str, str]) -> None:
    """Load the apps, their addresses, migrations and templates in an environment."""
    import django
    from django.urls import get_resolver

    enter(env)
    gc.disable()
    django.setup()
    assert get_resolver().reverse_dict
    read()
    assert threading.active_count() == 1
    gc.enable()


def read() -> None:
    """Read what each process would read again when it starts, and for its first pages: most of what these cost."""
    from django.conf import settings
    from django.core.checks import run_checks
    from django.db.migrations.loader import MigrationLoader
    from django.template.loader import get_template
    from django.utils.translation import trans_real

    run_checks()
    MigrationLoader(None)
    for language, _name in settings.LANGUAGES:
        trans_real.translation(language)
    for path in ROOT.glob("templates/**/*.html"):
        get_template(str(path.relative_to(ROOT / "templates")))


def draw_icons() -> None:
    """Read the icons that pages name: the package opens its archive of thousands for each of them."""
    import lucide  # type: ignore[import-untyped]
    from django.utils.safestring import SafeString

    templates = ROOT.glob("templates/**/*.html")
    apps = [path for name in ("draw", "feature", "navigation", "running") for path in ROOT.glob(f"*/{name}.py")]
    # The package keeps a name of a template and the same of a module apart.
    names = {SafeString(name) for name in found_in(templates, r'{% lucide "([a-z0-9-]+)"')}
    with ZipFile(Path(lucide.__file__).with_name("lucide.zip")) as archive:
        known = {name.removesuffix(".svg") for name in archive.namelist()}
    for name in [*names, *known.intersection(found_in(apps, r'"([a-z0-9-]+)"'))]:
        lucide._load_icon(name)


def found_in(files: Iterable[Path], pattern: str) -> set[str]:
    """What matches a pattern in these files."""
    return {found for path in files for found in re.findall(pattern, path.read_text())}


def aim(wanted: Wanted) -> None:
    """Point a process that has loaded the apps at the database that is wanted."""
    from django.conf import settings
    from django.db import connections

    from hybrid.environment import Environment

    assert connections["default"].connection is None
    os.environ.update(wanted["env"])
    settings.DATABASES["default"].update(Environment().database("DATABASE_URL", default=""))


def enter(env: Mapping[str, str]) -> None:
    """Be in that environment."""
    os.environ.clear()
    os.environ.update(env)
    time.tzset()


def become(wanted: Wanted, files: Sequence[int]) -> None:
    """Be the program that is wanted. Does not return."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
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
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    for modules in LOADED:
        for module in modules.split():
            importlib.import_module(module)
    draw_icons()
    serve(socket.socket(fileno=int(sys.argv[1])), lambda wanted: enter(wanted["env"]), Nests())
