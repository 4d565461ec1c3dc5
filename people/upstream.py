"""What is told to who has said something over the live link."""

import logging

from live.upstream import Reply
from people.refusal import Refused

logger = logging.getLogger(__name__)


def reply(error: Exception | None) -> Reply:
    """The reply to a write that came to this: None, it stands; Refused, its words; else it may be tried by HTTP."""
    if error is None:
        return Reply(200)
    if isinstance(error, Refused):
        return Reply(error.status, str(error))
    logger.warning("A write over the link was not stored: %s", error)
    return Reply(503)
