"""Rate limits of writes, per participant or address; how many and how often is declared by the apps."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TypeVar, cast

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from common.clock import timestamp as now
from common.registry import registry
from people.counting import LocalCounts, RedisCounts
from people.refusal import Refused

logger = logging.getLogger(__name__)
T = TypeVar("T")
AWAY = 2.0  # seconds
_away_until = 0.0


def hashed(text: str) -> str:
    """A text that names somebody, as `who`."""
    return hashlib.sha256(text.casefold().encode()).hexdigest()


def count(action: str, client: str | int) -> None:
    """Count that `who` (an id or an address) does `action`. Raises Refused (429) when that is too often."""
    refuse_for(retry_after(action, client))


def count_try(action: str, client: str | int) -> None:
    """As `count`, for what may fail; raises Refused (429) too when `who` failed too often (see `count_wrong`)."""
    refuse_for(_is_spent(f"{action}.wrong", client) or retry_after(action, client))


def count_wrong(action: str, client: str | int) -> None:
    """Count that `who` failed at `action`."""
    retry_after(f"{action}.wrong", client)


def refuse_for(wait: int) -> None:
    """Raises Refused (429) when there are seconds to wait."""
    if wait:
        raise too_often(wait)


def too_often(wait: int) -> Refused:
    """What is said to whom there are so many seconds to wait."""
    return Refused(_("Too many at once. Wait %(seconds)s seconds.") % {"seconds": wait}, 429)


def retry_after(action: str, client: str | int) -> int:
    """Seconds to wait before `who` may do `action` (0: now, and it counts). Lets through when the cache is away."""
    return retry_after_each(action, [client])[0]


def retry_after_each(action: str, clients: Sequence[str | int]) -> list[int]:
    """As `retry_after` for each of many at once, with one question to the cache; who is there twice counts twice."""
    if not clients:
        return []
    times, seconds = registry.limits[action]
    windows = [_window(action, client, seconds) for client in clients]
    counts = cast(RedisCounts | LocalCounts, cache)
    used = _from_cache(lambda: counts.count_many([key for key, _left in windows], seconds), [0] * len(windows))
    return [0 if count <= times else left for count, (_key, left) in zip(used, windows, strict=True)]


def _is_spent(action: str, client: str | int) -> int:
    """Seconds to wait when `who` has used up `action` (0: not yet); it does not count."""
    times, seconds = registry.limits[action]
    key, left = _window(action, client, seconds)
    return left if _from_cache(lambda: int(cache.get(key, 0)), 0) >= times else 0


def _from_cache(question: Callable[[], T], otherwise: T) -> T:
    """What the cache says; `otherwise` when it is away, and for AWAY seconds after that: a limit stops no congress.

    Each question to a cache that stands still costs its time-out.
    """
    global _away_until
    if monotonic() < _away_until:
        return otherwise
    try:
        return question()
    except Exception as error:
        _away_until = monotonic() + AWAY
        logger.warning("Rate limits are not counted for %s s: %s", AWAY, error)
        return otherwise


def _window(action: str, client: str | int, seconds: int) -> tuple[str, int]:
    """The key that counts now, and the seconds for which it does."""
    moment = now()
    return f"limit:{action}:{client}:{int(moment // seconds)}", seconds - int(moment % seconds)
