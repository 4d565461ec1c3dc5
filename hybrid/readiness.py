"""What an installation needs besides its services: tables and static files that fit the code."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hybrid.private import locked

_applied = False  # they stay so, as long as the process runs
_static: bool | None = None  # as the process found them: it reads their names once


def migrations_applied() -> bool:
    """Whether the database has every migration of this code."""
    global _applied
    if not _applied:
        executor = MigrationExecutor(connection)
        _applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _applied


def static_collected() -> bool:
    """Whether this process has every static file of this code."""
    global _static
    if _static is None:
        try:
            _static = not any(_uncollected())
        except OSError:
            _static = False
    return _static


def collect_static() -> None:
    """Collect what is missing or old, one process at a time. Raises OSError when the folder cannot be written."""
    global _static
    if static_collected():
        return
    with locked(Path(settings.STATIC_ROOT)):
        staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()  # type: ignore[attr-defined, attr-defined, attr-defined]
        if any(_uncollected()):  # not by the process before us
            call_command("collectstatic", interactive=False, verbosity=0)
    _static = not any(_uncollected())


def _uncollected() -> Iterator[str]:
    """Names of static files that are not in the collection, or newer than what is there, as collectstatic judges."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return
    for finder in get_finders():
        for path, source in finder.list([]):
            name = os.path.join(getattr(source, "prefix", None) or "", path)
            if name not in staticfiles_storage.hashed_files or _is_newer(
                source, path, Path(settings.STATIC_ROOT, name)
            ):
                yield name


def _is_newer(source: Any, path: str, target: Path) -> bool:
    """Whether a static file has changed since it was collected, or is gone from the collection."""
    return not target.exists() or int(target.stat().st_mtime) < int(source.get_modified_time(path).timestamp())
