"""How static files are collected for production."""

from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class CollectedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compressed files whose names say their content. Scripts may name source maps, which are not collected."""

    patterns = tuple(pattern for pattern in CompressedManifestStaticFilesStorage.patterns if pattern[0] != "*.js")

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what pages ask for: the copies under their plain names would double a start's time and bytes."""
        named: Any = set(self.hashed_files.values())
        yield from super().compress_files(set(paths) & named)
