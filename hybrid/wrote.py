"""Who has written sees it: a cookie says when, and pages drawn before that are old to them. Any process reads it."""

import time
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase

from live import hub

COOKIE = "wrote"  # milliseconds since 1970, by the hub's clock
SECONDS = 15  # after which every copy of a page is newer


def mark(response: HttpResponseBase) -> None:
    """Note in the browser that it has written now."""
    the_hub = hub.existing()
    response.set_cookie(
        COOKIE,
        str(the_hub.milliseconds() if the_hub else round(time.time() * 1000)),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def moment(cookies: dict[str, Any]) -> int:
    """When the browser has last written; 0: not lately."""
    written = cookies.get(COOKIE, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else 0
