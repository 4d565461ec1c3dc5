"""An installation of an older commit, to measure beside today's. Its packages are today's."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bench.place import Place
from tests import servers

ROOT = Path(__file__).resolve().parent.parent
LINKED = (".venv", "node_modules")
HOLD = """
import json, sys
from bench.place import installation
given = json.loads(sys.argv[1])
with installation(given.pop("participants"), prefix=tuple(given.pop("prefix")), **given) as place:
    running = [(one.port, one.process.pid) for one in place.servers]
    print(json.dumps([place.env, running, place.session, place.people, place.cookies]), flush=True)
    sys.stdin.read()
"""


def has(commit: str) -> bool:
    """Whether the history that was cloned reaches back so far."""
    try:
        found = subprocess.run(["git", "cat-file", "-e", commit], cwd=ROOT, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        return False
    return found.returncode == 0


@contextmanager
def installation(commit: str, participants: int, prefix: tuple[str, ...] = (), **given: Any) -> Iterator[Place]:
    """As bench.place.installation, of that commit. Raises CalledProcessError or OSError when it cannot be run."""
    with ExitStack() as stack:
        home = stack.enter_context(servers.folder())
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x"], cwd=home, check=True, input=archive.stdout)
        for name in LINKED:
            (home / name).symlink_to(ROOT / name)
        asked = json.dumps({"participants": participants, "prefix": prefix, **given})
        command = [sys.executable, "-c", HOLD, asked]
        holder = subprocess.Popen(command, cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            line = holder.stdout.readline()  # type: ignore[union-attr]
            if not line:
                raise OSError(f"{commit} does not run with today's packages")
            env, running, *rest = json.loads(line)
            yield Place(env, [_server(*one) for one in running], *rest)
        finally:
            holder.communicate()  # closes its input: it stops its servers


def _server(port: int, pid: int) -> Any:
    return SimpleNamespace(port=port, process=SimpleNamespace(pid=pid))
