"""Files that only the user may read under whom the processes run."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SHORTEST = 32  # characters; a shorter secret is what an interrupted write has left


def private_folder(path: Path) -> Path:
    """The folder, made when it is missing, and closed to others when it is ours."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(path)
    return path


def close_to_others(path: Path) -> None:
    """Take from others of the machine what they may do with a file or folder of ours."""
    with suppress(PermissionError, FileNotFoundError):  # another's: they decide
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            path.chmod(mode & 0o700)


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret kept there; one is made, as a whole or not at all, when there is none that is long enough."""
    with locked(path.parent):
        with suppress(FileNotFoundError):
            close_to_others(path)
            if len(stored := path.read_text(encoding="utf-8", errors="replace").strip()) >= SHORTEST:
                return stored
        secret = make()
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # 0600
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
        return secret


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time."""
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)
