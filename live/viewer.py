"""Who is on a socket, and what that person may see of a room."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from itertools import chain
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from common.registry import registry
from live.models import EVERYONE, REGISTERED, SPEAKERS, STAFF, VISITORS, only

T = TypeVar("T")
AUDIENCES = {
    "visitor": frozenset({EVERYONE, VISITORS}),
    "attendee": frozenset({EVERYONE, REGISTERED}),
    "speaker": frozenset({EVERYONE, SPEAKERS}),
    "staff": frozenset({EVERYONE, SPEAKERS, STAFF}),
}


@dataclass(frozen=True)
class Viewer:
    """A participant's eyes on one room: `role` is a key of AUDIENCES, `parent` the room its presence is shown in.

    A room that is `passing` may end under those who follow it: that costs them the room, not the socket.
    """

    role: str
    participant_id: int | None = None
    parent: str = ""
    passing: bool = False

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
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return key if key.isascii() and key.isalnum() else None  # others share the query it is looked up with


def users_of(session_keys: Iterable[str | None]) -> dict[str | None, Any]:
    """Session key -> the participant who is signed in by it now, or AnonymousUser. Two queries, however many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    fresh = store.get_model_class().objects.filter(session_key__in=set(session_keys), expire_date__gt=timezone.now())
    told = {key: store().decode(data) for key, data in fresh.values_list("session_key", "session_data")}
    model = get_user_model()
    ids = {key: _user_id(model, data.get(SESSION_KEY)) for key, data in told.items()}
    people = registry.participants({pk for pk in ids.values() if pk is not None})
    return {
        key: people[ids[key]]
        if key in told and ids[key] in people and _holds(people[ids[key]], told[key])
        else AnonymousUser()
        for key in session_keys
    }


def _user_id(model: Any, written: Any) -> Any:
    """The participant's id as a session names it; None when it is none."""
    try:
        return model._meta.pk.to_python(written)
    except ValidationError:
        return None


def _holds(user: Any, told: dict[str, Any]) -> bool:
    """Whether the sign-in still holds, as django.contrib.auth.get_user judges it."""
    if told.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or not user.is_active:
        return False
    written = told.get(HASH_SESSION_KEY, "")
    valid = chain([user.get_session_auth_hash()], user.get_session_auth_fallback_hash())
    return any(constant_time_compare(written, one) for one in valid)


def viewer(user: Any, key: str) -> Viewer | None:
    """What `user` may see of a room, by the gate of its kind; None when there is no such room for them."""
    gate = registry.rooms.get(key.partition(":")[0])
    found: Viewer | None = gate(user, key) if gate else None
    return found


_looked_up: ContextVar[dict[Any, Any] | None] = ContextVar("looked_up", default=None)


def once_per_look(function: Callable[[str], T]) -> Callable[[str], T]:
    """Let a function of a room's key, that a gate calls, run once for all who are looked at together."""

    @wraps(function)
    def wrapper(key: str) -> T:
        found = _looked_up.get()
        if found is None:
            return function(key)
        if (function, key) not in found:
            found[function, key] = function(key)
        return cast(T, found[function, key])

    return wrapper


def viewers_of_all(asked: Mapping[str | None, Iterable[str]]) -> dict[tuple[str | None, str], Viewer | None]:
    """(session key, room key) -> what whoever is signed in by that key may see of the room now; None: no such room."""
    users = users_of(asked)
    token = _looked_up.set({})
    try:
        return {
            (session_key, key): viewer(users[session_key], key) for session_key, keys in asked.items() for key in keys
        }
    finally:
        _looked_up.reset(token)
