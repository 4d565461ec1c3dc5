"""The machines that translate, in the operator's order (TRANSLATION_BACKENDS)."""

from collections.abc import Iterator
from functools import lru_cache
from time import monotonic

from django.conf import settings

from translation.backends.apertium import Apertium
from translation.backends.base import AT_ONCE, Backend, Failed
from translation.backends.services import DeepL, LibreTranslate

__all__ = ["AT_ONCE", "Backend", "Failed", "configured", "rest", "rests", "usable"]
KINDS: dict[str, type[Backend]] = {kind.name: kind for kind in (Apertium, LibreTranslate, DeepL)}
REST = 30.0  # seconds for which one that has failed is not asked
_rests_until: dict[str, float] = {}


@lru_cache
def _made(names: tuple[str, ...]) -> list[Backend]:
    return [KINDS[name]() for name in names if name in KINDS]


def configured() -> list[Backend]:
    """All that the operator has switched on; empty: nothing is translated."""
    return _made(tuple(settings.TRANSLATION_BACKENDS))


def usable(source: str, target: str, may_leave: bool) -> Iterator[Backend]:
    """Those that know the two languages; with `may_leave` also those outside of this server."""
    for backend in configured():
        if (may_leave or not backend.leaves) and backend.knows(source, target):
            yield backend


def rests(backend: Backend) -> bool:
    """Whether it has failed just now, and is not asked."""
    return _rests_until.get(backend.name, 0.0) > monotonic()


def rest(backend: Backend) -> None:
    """Do not ask one that has failed for a while."""
    _rests_until[backend.name] = monotonic() + REST
