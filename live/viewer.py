"""Who is on a socket, and what that person may see of a room."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie
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


def session_key_of(headers: list[tuple[bytes, bytes]]) -> str | None:
    """The key of the sign-in that a handshake's headers carry."""
    cookies: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            cookies |= parse_cookie(value.decode("latin1"))
    return cookies.get(settings.SESSION_COOKIE_NAME)


def user_of(session_key: str | None) -> Any:
    """The participant who is signed in by that key now, or AnonymousUser. Reads the database."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return get_user(request)


@cache
def _gate() -> Any:
    return import_string(settings.LIVE_VIEWER)


def viewer_of(user: Any, key: str) -> Viewer | None:
    """What `user` may see of a room; None: for this user there is no such room."""
    viewer: Viewer | None = _gate()(user, key)
    return viewer


def viewers_of(session_key: str | None, keys: list[str]) -> dict[str, Viewer | None]:
    """What whoever is signed in by that key may see of each room now."""
    user = user_of(session_key)
    return {key: viewer_of(user, key) for key in keys}
