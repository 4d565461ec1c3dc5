"""What an installation needs besides its services: tables and static files that fit the code."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from hybrid.private import locked

_applied = False  # they stay so, as long as the process runs
_static: bool | None = None  # as the process found them: it reads their names once


def migrations_applied() -> bool:
    """Whether the database has every migration of this code."""
    global _applied
    if not _applied:
        wanted = MigrationLoader(None, ignore_no_initial=True).disk_migrations
        _applied = wanted.keys() <= MigrationRecorder(connection).applied_migrations().keys()
    return _applied


def static_collected() -> bool:
    """Whether this process has every static file of this code."""
    global _static
    if _static is None:
        _static = not any(_uncollected())
    return _static


def collect_static() -> None:
    """Collect what is missing or old, one process at a time. Raises OSError when the folder cannot be written."""
    global _static
    if static_collected():
        return
    with locked(Path(settings.STATIC_ROOT)):
        staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()
        if any(_uncollected()):  # not by the process before us
            call_command("collectstatic", interactive=False, verbosity=0)
    _static = not any(_uncollected())


def _uncollected() -> Iterator[str]:
    """Names of static files that are not in the collection, or newer than what is there, as collectstatic judges."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return
    for finder in get_finders():
        for name, source in finder.list([]):
            prefix = getattr(source, "prefix", None)
            name = f"{prefix}/{name}" if prefix else name
            target = Path(settings.STATIC_ROOT, name)
            if name not in staticfiles_storage.hashed_files or not target.exists():
                yield name
            elif int(target.stat().st_mtime) < int(source.get_modified_time(name).timestamp()):
                yield name
