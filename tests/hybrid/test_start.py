"""What a process says when it starts with something wrong, and what it makes by itself."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import brotli
import pytest

from hybrid.collected import Whole
from tests import servers

SECRET = "hunter2"
PRODUCTION = {"DJANGO_SETTINGS_MODULE": "hybrid.settings", "SECRET_KEY": "only-for-tests-" * 4, "HYBRID_DEMO": "0"}


def clean(home, **changes):
    """The environment of a real installation with everything of its own in `home`."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}
    return kept | PRODUCTION | {"VAR_DIR": str(home / "var"), "PYTHONUNBUFFERED": "1"} | changes


KEY = ("shell", "-v", "0", "-c", "from django.conf import settings\nprint(settings.SECRET_KEY)")


def run(env, *arguments, fork=True):
    """What came of a command; without `fork` of a process that is begun as a user's."""
    if fork:
        return servers.ran(env, *arguments, seconds=200)
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=servers.ROOT, env=env, capture_output=True, text=True, check=False, timeout=200)


def with_tables(path):
    """The tables, without the seconds that migrating takes."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(servers.sqlite_tables())


@contextmanager
def serving(env, home, *arguments, host="127.0.0.1"):
    """`manage.py serve` with just these arguments; gives the port and the file of what it says."""
    port, path = servers.free_port(), home / f"log-{time.time_ns()}"
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--host", host]
    with open(path, "wb") as log:
        process = subprocess.Popen(command, cwd=servers.ROOT, env=env, stdout=log, stderr=log)
    try:
        servers.wait_until(lambda: b"Ctrl-C" in path.read_bytes(), process, path)
        yield port, path
    finally:
        servers.stop(process)


def get(port, path, host="127.0.0.1"):
    """Status and text."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


WRONG = {
    "slash in the database's password": ("DATABASE_URL", f"postgres://user:pa/{SECRET}@localhost/name"),
    "a number before the slash": ("DATABASE_URL", f"postgres://user:12/{SECRET}@localhost/name"),
    "hash in the database's password": ("DATABASE_URL", f"postgres://user:p#{SECRET}@localhost/name"),
    "question mark in the database's password": ("DATABASE_URL", f"postgres://user:p?{SECRET}@localhost/name"),
    "bracket in the database's password": ("DATABASE_URL", f"postgres://user:[{SECRET}@localhost/name"),
    "slash in Redis' password": ("REDIS_URL", f"redis://:pa/{SECRET}@localhost:6379/0"),
    "hash in Redis' password": ("REDIS_URL", f"redis://:12#{SECRET}@localhost:6379/0"),
    "slash in the mail server's password": ("EMAIL_URL", f"smtp://user:pa/{SECRET}@localhost:25"),
    "no number of proxies": ("TRUSTED_PROXIES", SECRET),
    "no number of messages": ("LIVE_WRITES_AT_ONCE", SECRET),
    "no number of seconds": ("LIVE_POLL", SECRET),
    "a scheme that is none": ("EMAIL_URL", f"{SECRET}://localhost:25"),
    "no database": ("DATABASE_URL", f"mysql://user:{SECRET}@localhost/name"),
    "an unreachable database": ("DATABASE_URL", f"postgres://user:{SECRET}@127.0.0.1:1/name"),
    "an unreachable Redis": ("REDIS_URL", f"redis://:{SECRET}@127.0.0.1:1/0"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_setting_is_one_clear_line_without_secrets(tmp_path, wrong):
    name, value = WRONG[wrong]
    done = run(clean(tmp_path, **{name: value}), "serve", "--port", str(servers.free_port()), fork=name != "EMAIL_URL")
    assert done.returncode != 0 and SECRET not in done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1 and name in done.stderr


@pytest.mark.parametrize("key", ["$hunter2" * 8, "$" + "x" * 50])
def test_a_key_that_begins_with_a_dollar_is_a_key(tmp_path, key):
    done = run(clean(tmp_path, SECRET_KEY=key), *KEY)
    assert done.stdout.splitlines()[-1:] == [key], done.stderr


@pytest.mark.parametrize("port", ["80000", "0", "-1"])
def test_a_port_that_is_none_is_told(tmp_path, port):
    done = run(clean(tmp_path), "serve", f"--port={port}")
    assert done.returncode != 0 and len(done.stderr.splitlines()) == 1 and "1 to 65535" in done.stderr


def test_a_host_that_is_none_is_told(tmp_path):
    done = run(clean(tmp_path), "serve", "--host", "300.300.300.300", "--port", str(servers.free_port()))
    assert done.returncode != 0 and len(done.stderr.splitlines()) == 1 and "300.300" in done.stderr


@pytest.mark.parametrize(("host", "asked"), [("::", ["127.0.0.1", "[::1]"]), ("::1", ["[::1]"]), ("[::1]", ["[::1]"])])
def test_it_listens_on_ipv6(tmp_path, host, asked):
    env = clean(tmp_path, HYBRID_DEMO="1")
    with_tables(tmp_path / "var" / "hybrid.sqlite3")
    with serving(env, tmp_path, host=host) as (port, log):
        for name in asked:
            assert get(port, "/people/enter/", name)[0] == 200
            assert get(port, "/readyz", name)[0] == 200, "this machine, also by the way of IPv6"
        assert f"http://localhost:{port}" in log.read_text()


def test_a_port_in_use_is_told_on_ipv6_too(tmp_path):
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        done = run(clean(tmp_path), "serve", "--host", "::1", "--port", str(taken.getsockname()[1]))
    assert done.returncode != 0 and len(done.stderr.splitlines()) == 1 and "cannot be used" in done.stderr


@pytest.fixture(scope="module")
def static_root(tmp_path_factory):
    """Where static files are collected for several tests, as that takes half a minute."""
    return tmp_path_factory.mktemp("collected") / "static"


def test_static_files_are_collected_at_the_start(tmp_path, static_root):
    shutil.rmtree(static_root, ignore_errors=True)
    env = clean(tmp_path, HYBRID_DEMO="0", ALLOWED_HOSTS="127.0.0.1", STATIC_ROOT=str(static_root))
    with_tables(tmp_path / "var" / "hybrid.sqlite3")
    with serving(env, tmp_path) as (port, _):
        assert get(port, "/readyz")[0] == 200
        status, page = get(port, "/people/enter/")
        assert status == 200
        style = page.partition('href="/static/')[2].partition('"')[0]
        assert get(port, f"/static/{style}")[0] == 200
    assert all(path.stat().st_mode & 0o004 for path in static_root.rglob("*")), "the proxy reads them"
    compressed = {path: path.stat().st_ino for path in static_root.rglob("*.br")}
    assert len(compressed) > 100 and not list(static_root.rglob("*.part"))
    (static_root / "base.css").unlink()  # an upgrade brought a new one
    manifest = static_root / "staticfiles.json"
    manifest.write_text(manifest.read_text().replace('"base.css"', '"old.css"'))
    with serving(env, tmp_path) as (port, _):
        assert get(port, "/people/enter/")[0] == 200
    assert compressed == {path: path.stat().st_ino for path in static_root.rglob("*.br")}, "what is there stays"


def test_a_compressed_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "base.css"
    path.write_text("a" * 999)
    names = Whole(quiet=True).compress(str(path))
    assert sorted(names) == [f"{path}.br", f"{path}.gz"] == sorted(map(str, tmp_path.glob("base.css.*")))
    with open(names[0], "rb") as reader:
        path.write_text("b" * 9999)
        Whole(quiet=True).compress(str(path))
        assert brotli.decompress(reader.read()) == b"a" * 999, "it was replaced, never written to"
    assert brotli.decompress((tmp_path / "base.css.br").read_bytes()) == b"b" * 9999


def test_what_cannot_be_collected_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    env = clean(tmp_path, STATIC_ROOT=str(blocked / "static"))
    with_tables(tmp_path / "var" / "hybrid.sqlite3")
    with serving(env, tmp_path) as (port, log):
        status, state = get(port, "/readyz")
        assert status == 503 and "static missing" in state
        assert "Static files are missing" in log.read_text() and "Traceback" not in log.read_text()


@pytest.mark.parametrize("demo", ["0", "1"])
def test_missing_migrations_are_told_until_they_are_there(tmp_path, demo, static_root):
    env = clean(tmp_path, HYBRID_DEMO=demo, STATIC_ROOT=str(static_root))
    with serving(env, tmp_path) as (port, log):
        status, state = get(port, "/readyz")
        assert status == 503 and "migrations missing" in state
        assert "Migrations are missing" in log.read_text() and "Traceback" not in log.read_text()
        run(env, "migrate", "-v", "0")
        assert get(port, "/readyz")[0] == 200


@pytest.mark.parametrize("left", [None, b"", b"\n", b"short", b"\xff\xfe"])
def test_a_key_is_made_when_there_is_none_and_the_same_for_all(tmp_path, left):
    path = tmp_path / "var" / "secret_key"
    if left is not None:
        path.parent.mkdir()
        path.write_bytes(left)
    env = clean(tmp_path, HYBRID_DEMO="1", SECRET_KEY="")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: run(env, *KEY), range(4)))
    keys = {done.stdout.splitlines()[-1] for done in answers}
    assert keys == {path.read_text()} and len(path.read_text()) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "encoding",
    [{"PYTHONIOENCODING": "latin-1"}, {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
)
def test_names_are_written_whatever_the_terminal_knows(tmp_path, encoding):
    env = clean(tmp_path, HYBRID_DEMO="1")
    with_tables(tmp_path / "var" / "hybrid.sqlite3")
    make = "from people.models import Participant\nParticipant.objects.create(name='李 Ǆ', is_demo=True)"
    assert run(env, "shell", "-v", "0", "-c", make).returncode == 0
    with serving(env | encoding, tmp_path) as (port, log):
        assert get(port, "/people/enter/")[0] == 200
        assert b"Traceback" not in log.read_bytes()


@pytest.mark.parametrize("before", ["fresh", "as it was"])
def test_others_of_the_machine_read_nothing(tmp_path, before):
    var, elsewhere = tmp_path / "var", tmp_path / "elsewhere"
    elsewhere.mkdir()
    os.umask(0o022)
    if before == "as it was":
        var.mkdir()
        (var / "secret_key").write_text("x" * 50)
        (elsewhere / "db.sqlite3").touch()
        assert (var.stat().st_mode & 0o777, (elsewhere / "db.sqlite3").stat().st_mode & 0o777) == (0o755, 0o644)
    env = clean(tmp_path, HYBRID_DEMO="1", SECRET_KEY="", DATABASE_URL=f"sqlite:///{elsewhere / 'db.sqlite3'}")
    opening = "from django.db import connection\nconnection.ensure_connection()"
    run(env, "shell", "-v", "0", "-c", opening, fork=False)
    with_tables(elsewhere / "db.sqlite3")  # what is written into a file leaves its mode
    with serving(env, tmp_path) as (port, _):
        assert get(port, "/people/enter/")[0] == 200
        assert stat.S_IMODE(var.stat().st_mode) == 0o700
        kept = [var / "secret_key", *elsewhere.iterdir()]
        assert len(kept) >= 2 and not [path for path in kept if path.stat().st_mode & 0o077]


def test_transport_security_promises_nothing_for_others(tmp_path):
    ask = "from django.test import Client\nheaders = Client().get('/people/leave/', secure=True).headers\n"
    ask += "print(headers['Strict-Transport-Security'])"
    env = clean(tmp_path, BEHIND_TLS_PROXY="1", ALLOWED_HOSTS="testserver")
    told = [
        run(env | more, "shell", "-v", "0", "-c", ask).stdout.splitlines()[-1]
        for more in ({}, {"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1", "HSTS_SECONDS": "60"})
    ]
    assert told == ["max-age=31536000", "max-age=60; includeSubDomains; preload"]
