"""What was said over the live link, and what is told to who has said it."""

import logging
from typing import TypeVar

from django.utils import translation

from live.upstream import Reply, Said
from people import limits
from people.refusal import Refused

logger = logging.getLogger(__name__)
T = TypeVar("T")


def within_limit(action: str, said: list[Said], outcomes: list[T | Reply]) -> list[T | Reply]:
    """The outcomes so far, where whoever does `action` too often gets 429 in place of what is not refused already."""
    open_ones = [number for number, outcome in enumerate(outcomes) if not isinstance(outcome, Reply)]
    waits = limits.retry_after_each(action, [said[number].participant_id for number in open_ones])
    found = list(outcomes)
    for number, wait in zip(open_ones, waits, strict=True):
        try:
            with translation.override(said[number].language):
                limits.refuse_for(wait)
        except Refused as no:
            found[number] = reply(no)
    return found


def reply(error: Exception | None) -> Reply:
    """The reply to a write that came to this: None, it stands; Refused, its words; else it may be tried by HTTP."""
    if error is None:
        return Reply(200)
    if isinstance(error, Refused):
        return Reply(error.status, str(error))
    logger.warning("A write over the link was not stored: %s", error)
    return Reply(503)
