"""How static files are collected for production."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.compress import Compressor  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class CollectedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compressed files whose names say their content. Scripts may name source maps, which are not collected."""

    patterns = tuple(pattern for pattern in CompressedManifestStaticFilesStorage.patterns if pattern[0] != "*.js")

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """What compresses a file."""
        return Whole(**kwargs)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what pages ask for: the copies under their plain names would double a start's time and bytes.

        What is compressed already stays, as its name says its content: this is nine tenths of a collection's time.
        """
        named: Any = set(self.hashed_files.values())
        yield from super().compress_files(path for path in set(paths) & named if not self.exists(f"{path}.gz"))


class Whole(Compressor):  # type: ignore[misc]
    """Compressed files that are whole or not there, also when the process is stopped while it writes."""

    def write_data(self, path: str, data: bytes, suffix: str, stat_result: os.stat_result) -> str:
        """Write a compressed copy beside its file. Gives back its path."""
        target = path + suffix
        os.replace(super().write_data(path, data, f"{suffix}.part", stat_result), target)
        return target
