"""Rate limits per client: a participant's id, an address or a hash. The apps declare the numbers."""

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
    """The hash of a personal text (an e-mail address), for use as a client."""
    return hashlib.sha256(text.casefold().encode()).hexdigest()


def count(action: str, client: str | int) -> None:
    """Count one use of `action`. Raises Refused (429) when the client did it too often."""
    refuse_for(retry_after(action, client))


def count_try(action: str, client: str | int) -> None:
    """As `count`. Raises Refused (429) also when the client failed too often (see `count_wrong`)."""
    refuse_for(_is_spent(f"{action}.wrong", client) or retry_after(action, client))


def count_wrong(action: str, client: str | int) -> None:
    """Count one failed use of `action`."""
    retry_after(f"{action}.wrong", client)


def refuse_for(wait: int) -> None:
    """Raises Refused (429) unless `wait` is 0 seconds."""
    if wait:
        raise too_often(wait)


def too_often(wait: int) -> Refused:
    """The refusal that tells the client to wait so many seconds."""
    return Refused(_("Too many at once. Wait %(seconds)s seconds.") % {"seconds": wait}, 429)


def retry_after(action: str, client: str | int) -> int:
    """Count one use and give back the seconds to wait; 0 when it is allowed, or the cache is away."""
    return retry_after_each(action, [client])[0]


def retry_after_each(action: str, clients: Sequence[str | int]) -> list[int]:
    """As `retry_after` for many clients with one command to the cache. A client in the list twice counts twice."""
    if not clients:
        return []
    times, seconds = registry.limits[action]
    windows = [_window(action, client, seconds) for client in clients]
    counts = cast(RedisCounts | LocalCounts, cache)
    used = _from_cache(lambda: counts.count_many([key for key, _left in windows], seconds), [0] * len(windows))
    return [0 if count <= times else left for count, (_key, left) in zip(used, windows, strict=True)]


def _is_spent(action: str, client: str | int) -> int:
    """Seconds to wait when the client has used up the limit, else 0. It counts nothing."""
    times, seconds = registry.limits[action]
    key, left = _window(action, client, seconds)
    return left if _from_cache(lambda: int(cache.get(key, 0)), 0) >= times else 0


def _from_cache(question: Callable[[], T], otherwise: T) -> T:
    """The cache's answer; `otherwise` when it fails and for AWAY seconds after that.

    A broken cache must not stop a congress, and each question to a hanging one costs its time-out.
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
    """The key of the current time window, and the seconds that are left of it."""
    moment = now()
    return f"limit:{action}:{client}:{int(moment // seconds)}", seconds - int(moment % seconds)
