"""How static files are collected for production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class CollectedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compressed files whose names say their content. Scripts may name source maps, which are not collected."""

    patterns = tuple(pattern for pattern in CompressedManifestStaticFilesStorage.patterns if pattern[0] != "*.js")
