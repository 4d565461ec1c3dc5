"""Private servers for tests and benchmarks: Redis, PostgreSQL and the product, as real processes on free ports."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.zygote import Forked, zygote

ROOT = Path(__file__).resolve().parent.parent
Process = subprocess.Popen[bytes] | Forked
START_TIMEOUT = 60.0  # seconds
STOP_TIMEOUT = 15.0


def free_port() -> int:
    """A TCP port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something accepts connections on that port."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(ready: Callable[[], bool], process: Process, log: Path) -> None:
    """Wait for `ready`; raises with the tail of `log` when the process ends first or takes too long."""
    deadline = time.monotonic() + START_TIMEOUT
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process)
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-40:])
            raise RuntimeError(f"{process.args!r} did not start:\n{tail}")
        time.sleep(0.05)


def stop(process: Process, how: int = signal.SIGTERM) -> None:
    """End a process; kill it when it does not go by itself."""
    stop_all([process], how)


def stop_all(processes: Iterable[Process], how: int = signal.SIGTERM) -> None:
    """End processes beside each other; kill those that do not go by themselves."""
    running = [process for process in processes if process.poll() is None]
    for process in running:
        process.send_signal(how)
    for process in running:
        try:
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that servers of another user may enter."""
    with tempfile.TemporaryDirectory(prefix="hybrid-", ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o755)
        yield Path(name)


@contextmanager
def redis_server() -> Iterator[str]:
    """The URL of a private Redis without persistence, or TEST_REDIS_URL."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    port = free_port()
    with folder() as home, open(home / "log", "wb") as log:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        process = subprocess.Popen(command, cwd=home, stdout=log, stderr=log)
        try:
            wait_until(lambda: answers(port), process, home / "log")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop(process)


def _postgres_program(name: str) -> str:
    """The path of a PostgreSQL program, of the newest version installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if versions:
        return str(versions[-1])
    if found := shutil.which(name):
        return found
    raise RuntimeError(f"PostgreSQL's {name} is missing")


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root: what to put before its commands."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def postgres_server(durable: bool = False, fsync: bool = False) -> Iterator[str]:
    """The URL of a private PostgreSQL cluster that forgets everything, or TEST_DATABASE_URL.

    `durable`: what it has committed survives its crash (with `fsync` also the machine's).
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with folder() as home:
        url, process = start_postgres(new_cluster(home), free_port(), durable=durable, fsync=fsync)
        try:
            yield url
        finally:
            stop(process, signal.SIGINT)  # fast shutdown: does not wait for clients


def new_cluster(home: Path) -> Path:
    """An empty PostgreSQL cluster in a folder; where its data is."""
    data, user = home / "data", _as_postgres()
    if user:
        shutil.chown(home, "postgres", "postgres")
    initdb = [_postgres_program("initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync"]
    initdb += ["--locale=C.UTF-8", "--encoding=UTF8"]
    subprocess.run(user + initdb, cwd=home, check=True, stdout=subprocess.DEVNULL)
    return data


def start_postgres(
    data: Path, port: int, *more: str, durable: bool = False, fsync: bool = False
) -> tuple[str, Process]:
    """Run the cluster in `data` on that port; its URL and its process."""
    options = ["listen_addresses=127.0.0.1", "max_connections=200", f"synchronous_commit={'on' if durable else 'off'}"]
    options += [*more] if fsync else ["fsync=off", "full_page_writes=off", *more]
    command = [_postgres_program("postgres"), "-D", str(data), "-p", str(port), "-k", str(data.parent)]
    command += [word for option in options for word in ("-c", option)]
    url = f"postgres://postgres@127.0.0.1:{port}/postgres"
    with open(data.parent / "log", "ab") as log:
        process = subprocess.Popen(_as_postgres() + command, cwd=data.parent, stdout=log, stderr=log)
    wait_until(lambda: _accepts(url), process, data.parent / "log")
    return url, process


def dump(url: str, file: Path) -> None:
    """A backup of a PostgreSQL database, as docs/operating.md says."""
    with open(file, "wb") as out:
        subprocess.run([_postgres_program("pg_dump"), "--format=custom", url], stdout=out, check=True)


def restore(url: str, file: Path) -> None:
    """Bring a PostgreSQL database back to a backup, in one transaction."""
    options = ["--clean", "--if-exists", "--single-transaction", "--no-owner", f"--dbname={url}"]
    subprocess.run([_postgres_program("pg_restore"), *options, str(file)], check=True)


def promote(data: Path) -> None:
    """Make the standby in `data` the primary."""
    command = [_postgres_program("pg_ctl"), "-D", str(data), "-w", "promote"]
    subprocess.run(_as_postgres() + command, cwd=data.parent, stdout=subprocess.DEVNULL, check=True)


def copy_cluster(url: str, home: Path) -> Path:
    """A standby of the server with that URL, in a folder, not yet started; where its data is."""
    data, user = home / "data", _as_postgres()
    if user:
        shutil.chown(home, "postgres", "postgres")
    command = [_postgres_program("pg_basebackup"), f"--dbname={url}", "-D", str(data)]
    command += ["-X", "stream", "-c", "fast", "-R"]
    subprocess.run(user + command, cwd=home, check=True)
    return data


def pg_ctl(data: Path, what: str) -> None:
    """Restart or stop the cluster in `data` at once, as a crash of it would."""
    command = [_postgres_program("pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "-l", str(data / "log"), what]
    subprocess.run(_as_postgres() + command, cwd=data.parent, stdout=subprocess.DEVNULL, check=True)


def _accepts(url: str) -> bool:
    """Whether PostgreSQL answers queries."""
    import psycopg

    with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=2):
        return True
    return False


_templates: dict[str, str] = {}  # PostgreSQL server -> the name of a database with our tables


def new_database(url: str) -> str:
    """The URL of a fresh database with our tables on the PostgreSQL server at `url`."""
    if url not in _templates:
        _templates[url] = f"template_{os.getpid()}_{time.time_ns()}"
        _create(url, _templates[url], "template0")
        _fill(_with_name(url, _templates[url]))
    name = f"t{os.getpid()}_{time.time_ns()}"
    _create(url, name, _templates[url])
    _migrated.add(_with_name(url, name))
    return _with_name(url, name)


def _fill(url: str) -> None:
    """Make our tables on PostgreSQL, from a dump that was made once for the migrations as they are."""
    kept = Path(tempfile.gettempdir()) / f"hybrid-tables-{_migrations()}-{_version(url)}.dump"
    with open(f"{kept}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits for the dump of the first
        if kept.exists():
            return restore(url, kept)
        with folder() as home:
            migrate(environment(home, DATABASE_URL=url))
            dump(url, home / "dump")
            os.replace(shutil.copy(home / "dump", f"{kept}.{os.getpid()}"), kept)


def _version(url: str) -> int:
    import psycopg

    with psycopg.connect(url) as connection:
        return connection.info.server_version


def _create(url: str, name: str, template: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def manage(env: dict[str, str], *arguments: str) -> str:
    """The output of a manage.py command in that environment."""
    done = ran(env, *arguments)
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)[:200]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def ran(env: Mapping[str, str], *arguments: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
    """A manage.py command in that environment, begun with the libraries loaded, and what came of it."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors, open(os.devnull) as nothing:
        process = zygote.start(["manage.py", *arguments], env, [nothing.fileno(), out.fileno(), errors.fileno()])
        code = process.wait(seconds)
        out.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(process.args, code, out.read(), errors.read())


def environment(home: Path, **changes: str) -> dict[str, str]:
    """The environment of a product process: test settings, and SQLite in `home` unless a DATABASE_URL is given."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    ours = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": f"sqlite:///{home / 'db.sqlite3'}"}
    return kept | ours | {"PYTHONUNBUFFERED": "1"} | changes


@dataclass
class AppServer:
    """One running process of the product."""

    port: int
    process: Process
    env: dict[str, str]
    log: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def stop(self, how: int = signal.SIGTERM) -> None:
        stop(self.process, how)


_migrated: set[str] = set()


def migrate(env: dict[str, str]) -> None:
    """Make the tables, once per database; those of SQLite are copied."""
    address = urlsplit(env["DATABASE_URL"])
    if env["DATABASE_URL"] in _migrated:
        return
    _migrated.add(env["DATABASE_URL"])
    if address.scheme == "sqlite":
        Path(address.path).write_bytes(sqlite_tables())
    else:
        manage(env, "migrate", "--verbosity", "0")


def sqlite_tables() -> bytes:
    """A SQLite file with our tables, made once for the migrations as they are: that takes seconds."""
    kept = Path(tempfile.gettempdir()) / f"hybrid-tables-{_migrations()}.sqlite3"
    if not kept.exists():
        with folder() as home:
            manage(environment(home), "migrate", "--verbosity", "0")
            os.replace(shutil.copy(home / "db.sqlite3", f"{kept}.{os.getpid()}"), kept)  # whole, or not there
    return kept.read_bytes()


def _migrations() -> str:
    """A name for all that decides which tables are made."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "common" / "fresh.py", ROOT / "requirements" / "dev.txt"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def start_app(
    env: dict[str, str], home: Path, port: int | None = None, prefix: tuple[str, ...] = (), fork: bool = False
) -> AppServer:
    """Start `manage.py serve` in a complete environment; `prefix` may hold words such as taskset's.

    With `fork` it begins with the libraries loaded.
    """
    migrate(env)
    port = port or free_port()
    path = home / f"serve-{port}-{time.time_ns()}.log"
    command = ["manage.py", "serve", "--host", "127.0.0.1", "--port", str(port)]
    process: Process
    with open(path, "wb") as log:
        if fork:
            process = zygote.start(command, env, [0, log.fileno(), log.fileno()])
        else:
            process = subprocess.Popen([*prefix, sys.executable, *command], cwd=ROOT, env=env, stdout=log, stderr=log)
    wait_until(lambda: answers(port), process, path)
    return AppServer(port, process, env, path)


@contextmanager
def app_server(
    env: dict[str, str] | None = None,
    port: int | None = None,
    workers: int = 1,
    prefix: tuple[str, ...] = (),
    fork: bool = False,
) -> Iterator[AppServer]:
    """The first of `workers` product servers that share a database: their own SQLite unless told otherwise."""
    with folder() as home:
        full = environment(home, **(env or {}))
        servers: list[AppServer] = []
        try:
            for number in range(workers):
                servers.append(start_app(full, home, port if number == 0 else None, prefix, fork))
            yield servers[0]
        finally:
            for server in servers:
                server.stop()
