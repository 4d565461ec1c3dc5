"""What was said over the live link, and what is told to who has said it."""

import logging
from typing import Any

from live.upstream import Reply
from people.refusal import Refused

logger = logging.getLogger(__name__)


def id_in(data: Any, name: str) -> int:
    """The database id under `name` in what was said; 0 when there is none."""
    found = data.get(name) if isinstance(data, dict) else None
    return found if type(found) is int and 0 < found < 2**63 else 0


def reply(error: Exception | None) -> Reply:
    """The reply to a write that came to this: None, it stands; Refused, its words; else it may be tried by HTTP."""
    if error is None:
        return Reply(200)
    if isinstance(error, Refused):
        return Reply(error.status, str(error))
    logger.warning("A write over the link was not stored: %s", error)
    return Reply(503)
