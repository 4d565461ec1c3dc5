"""The files of npm's packages that pages load: `settings.NPM_FILES` names each, nothing else is collected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, searched_locations
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

PREFIX = "npm"  # of the addresses, beside our own files


def files() -> dict[str, Path]:
    """Each file by its path among the static files: `npm/NAME` of the package."""
    sources = (Path(settings.NPM_ROOT, name) for name in settings.NPM_FILES)
    return {f"{PREFIX}/{source.name}": source for source in sources}


class PackageFinder(BaseFinder):
    """Finds the files of `settings.NPM_FILES` in `settings.NPM_ROOT`."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """An error for each file that is not there."""
        missing = [str(source) for source in files().values() if not source.is_file()]
        hint = "./run installs what package-lock.json names; without it: npm ci --omit=dev"
        return [Error(f"{path} is missing", hint=hint, id="hybrid.E001") for path in missing]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where the file is; [] when it is none of ours."""
        if settings.NPM_ROOT not in searched_locations:
            searched_locations.append(settings.NPM_ROOT)
        source = files().get(path)
        if source is None or not source.is_file():
            return []
        return [str(source)] if find_all or kwargs.get("all") else str(source)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """(name, storage) of each file, for collectstatic and WhiteNoise."""
        for source in files().values():
            storage = FileSystemStorage(location=source.parent)
            storage.prefix = PREFIX  # type: ignore[attr-defined]
            yield source.name, storage
