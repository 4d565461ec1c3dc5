"""Who is on a socket, and what that person may see of a room."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils.module_loading import import_string

from live.models import EVERYONE, SPEAKERS, STAFF, only

AUDIENCES = {
    "attendee": frozenset({EVERYONE}),
    "speaker": frozenset({EVERYONE, SPEAKERS}),
    "staff": frozenset({EVERYONE, SPEAKERS, STAFF}),
}


@dataclass(frozen=True)
class Viewer:
    """A participant's eyes on one room: `role` is a key of AUDIENCES, `parent` the room its presence is shown in."""

    role: str
    participant_id: int | None = None
    parent: str = ""

    def sees(self, audience: str) -> bool:
        """Whether an event of that audience is for this viewer."""
        if audience in AUDIENCES[self.role]:
            return True
        return self.participant_id is not None and audience == only(self.participant_id)


def user_of(headers: list[tuple[bytes, bytes]]) -> Any:
    """The signed-in participant of a handshake's headers, or AnonymousUser. Reads the database."""
    cookies: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            with suppress(CookieError):
                cookies.load(value.decode("latin1"))
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(morsel.value if morsel else None)
    return get_user(request)


@cache
def _gate() -> Any:
    return import_string(settings.LIVE_VIEWER)


def viewer_of(user: Any, key: str) -> Viewer | None:
    """What `user` may see of a room; None: for this user there is no such room."""
    viewer: Viewer | None = _gate()(user, key)
    return viewer
