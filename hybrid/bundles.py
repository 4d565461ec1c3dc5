"""A page's styles and its scripts as one file each: a first visit asks for little, whatever the number of features.

A bundle's name is made of its content. WhiteNoise and collectstatic find bundles as they find other static files.
"""

import hashlib
import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from common.contract import Assets
from common.registry import registry

PREFIX = "bundles"
BASE = Assets(
    styles=("fonts.css", "base.css", "forms.css"),
    scripts=(
        *("django_htmx/htmx-2.min.js", "npm/idiomorph.min.js", "own.js", "live/redraw.js", "live/live.js"),
        *("live/clock.js", "menus.js", "limits.js", "files.js", "dates.js", "copy.js"),
    ),
)
URL = re.compile(r"""url\((["']?)(?!data:|https?:|/|#)([^"')]+)\1\)""")


class Bundle(NamedTuple):
    """Files as one; `name` is its path among the static files."""

    name: str
    content: bytes


@lru_cache(256)
def _kept(files: tuple[str, ...]) -> Bundle:
    """The bundle of static files, in their order. Raises FileNotFoundError for one that is not there."""
    parts = [_part(name) for name in files]
    content = ("\n" if files[0].endswith(".css") else "\n;\n").join(parts).encode("utf-8")
    digest = hashlib.blake2b(content, digest_size=6).hexdigest()
    return Bundle(f"{PREFIX}/{digest}{posixpath.splitext(files[0])[1]}", content)


def bundle(files: Sequence[str]) -> Bundle:
    """The bundle of these static files; while one develops it is made anew each time."""
    return _kept.__wrapped__(tuple(files)) if settings.DEBUG else _kept(tuple(files))


def _part(name: str) -> str:
    """The text of one file, its own addresses as they are from the bundle's folder."""
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(f"No static file {name}")
    text = Path(str(found)).read_text(encoding="utf-8")
    if not name.endswith(".css"):
        return text
    folder = posixpath.dirname(name)
    return URL.sub(lambda match: f'url("{posixpath.relpath(posixpath.join(folder, match[2]), PREFIX)}")', text)


def assets_of(page: str) -> Assets:
    """The static files of a page, by the name of its URL; "": those of every page."""
    own = registry.assets(page)
    return Assets((*BASE.styles, *own.styles), (*BASE.scripts, *own.scripts))


def _bundles() -> dict[str, Bundle]:
    """Every bundle of every page, by its path."""
    pages = {page for feature in registry.features.values() for page in feature.assets} | {""}
    made = [bundle(files) for page in pages for files in assets_of(page)]
    return {each.name: each for each in made}


class BundleFinder(finders.BaseFinder):
    """Finds the bundles; they are written into the folder for what the installation keeps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.VAR_DIR, PREFIX)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be set wrong."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where the bundle is; [] when it is none."""
        found = _bundles().get(path) if path.startswith(f"{PREFIX}/") else None
        if found is None:
            return []
        written = str(self._written(found))
        return [written] if find_all or kwargs.get("all") else written

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """(name, storage) of each bundle."""
        for each in _bundles().values():
            storage = FileSystemStorage(location=self.folder)
            storage.prefix = PREFIX  # type: ignore[attr-defined]
            yield self._written(each).name, storage

    def _written(self, made: Bundle) -> Path:
        """The bundle's file, which other processes may be about to write as well."""
        path = self.folder / posixpath.basename(made.name)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(made.content)
            unfinished.replace(path)
        return path
