"""Events become HTML: once per role and language, whatever the number of sockets."""

import logging

from django.template.loader import render_to_string
from django.utils import translation

from live.models import Event
from live.wire import frame

logger = logging.getLogger(__name__)


def event_frame(key: str, event: Event, role: str, language: str) -> bytes:
    """The frame of one event, rendered from its kind's template with `event`, `data` and `role`.

    Empty when it shows nothing, to those of this role and language or any more, and, logged, when the template fails:
    one broken event must not stop a room for everybody.
    """
    if event.shown is None:
        return b""
    try:
        with translation.override(language):
            html = render_to_string(event.template, {"event": event, "data": event.shown, "role": role})
    except Exception:
        logger.exception("Event %s of %s cannot be shown", event.seq, key)
        return b""
    if not (shown := html.strip()):
        return b""  # it is for those of another language, say
    return frame({"t": "event", "room": key, "seq": event.seq, "html": shown})
