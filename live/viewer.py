"""Who is on a socket, and what that person may see of a room."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from itertools import chain
from typing import Any, NamedTuple, TypeVar, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare

from common import clock
from common.prepared import Prepared
from common.registry import registry
from live.audiences import EVERYONE, only

T = TypeVar("T")


class Group(NamedTuple):
    """Those in a room for whom an event is rendered and framed once."""

    role: str
    audiences: frozenset[str]
    language: str

    def viewer(self, participant_id: int | None = None) -> "Viewer":
        """Somebody in the group."""
        return Viewer(self.role, participant_id, audiences=self.audiences)


@dataclass(frozen=True)
class Viewer:
    """A participant's eyes on one room, as its gate hands them over.

    `role` is for the templates, `audiences` are those beside everyone and the participant alone; both are names that
    the gate chooses. `parent` is the room in which presence is shown. A room that is `passing` may end under those who
    follow it: that costs them the room, not the socket.
    """

    role: str
    participant_id: int | None = None
    parent: str = ""
    passing: bool = False
    audiences: frozenset[str] = frozenset()

    def sees(self, audience: str) -> bool:
        """Whether an event of that audience is for this viewer."""
        if audience == EVERYONE or audience in self.audiences:
            return True
        return self.participant_id is not None and audience == only(self.participant_id)

    def group(self, language: str) -> Group:
        """The group that is shown the same in that language."""
        return Group(self.role, self.audiences, language)


def session_key_of(headers: list[tuple[bytes, bytes]]) -> str | None:
    """The key of the sign-in that a handshake's headers carry."""
    cookies: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            cookies |= parse_cookie(value.decode("latin1"))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return key if key.isascii() and key.isalnum() else None  # others share the query it is looked up with


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore()


_SIGN_INS = Prepared(
    lambda keys, now: (
        _store()
        .model.objects.filter(session_key__in=keys, expire_date__gt=now)
        .values_list("session_key", "session_data")
    )
)


def users_of(session_keys: Iterable[str | None]) -> dict[str | None, Any]:
    """Session key -> the participant who is signed in by it now, or AnonymousUser. Two queries, however many."""
    store = _store()
    rows = _SIGN_INS.ask({key for key in session_keys if key is not None}, clock.now())
    sessions = {key: store.decode(data) for key, data in rows}
    model = get_user_model()
    ids = {key: _user_id(model, session.get(SESSION_KEY)) for key, session in sessions.items()}
    participants = registry.participants({pk for pk in ids.values() if pk is not None})
    users = {
        key: participants[ids[key]]
        for key, session in sessions.items()
        if ids[key] in participants and _holds(participants[ids[key]], session)
    }
    return {key: users.get(key, AnonymousUser()) for key in session_keys}


def _user_id(model: Any, value: Any) -> Any:
    """The participant's id as a session names it; None when it is none."""
    try:
        return model._meta.pk.to_python(value)
    except ValidationError:
        return None


def _holds(user: Any, session: dict[str, Any]) -> bool:
    """Whether the sign-in still holds, as django.contrib.auth.get_user judges it."""
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or not user.is_active:
        return False
    session_hash = session.get(HASH_SESSION_KEY, "")
    valid_hashes = chain([user.get_session_auth_hash()], user.get_session_auth_fallback_hash())
    return any(constant_time_compare(session_hash, valid_hash) for valid_hash in valid_hashes)


def viewer(user: Any, key: str) -> Viewer | None:
    """What `user` may see of a room, by the gate of its kind; None when there is no such room for them."""
    gate = registry.rooms.get(key.partition(":")[0])
    eyes: Viewer | None = gate(user, key) if gate else None
    return eyes


_results: ContextVar[dict[Any, Any] | None] = ContextVar("results", default=None)  # of the look under way


def once_per_look(function: Callable[[str], T]) -> Callable[[str], T]:
    """Let a function of a room's key, that a gate calls, run once for all who are looked at together."""

    @wraps(function)
    def wrapper(key: str) -> T:
        results = _results.get()
        if results is None:
            return function(key)
        if (function, key) not in results:
            results[function, key] = function(key)
        return cast(T, results[function, key])

    return wrapper


def viewers_of_all(keys_by_session: Mapping[str | None, Iterable[str]]) -> dict[tuple[str | None, str], Viewer | None]:
    """(session key, room key) -> what whoever is signed in by that key may see of the room now; None: no such room."""
    users = users_of(keys_by_session)
    pairs = [(session_key, key) for session_key, keys in keys_by_session.items() for key in keys]
    found = viewers([(users[session_key], key) for session_key, key in pairs])
    return dict(zip(pairs, found, strict=True))


def viewers(pairs: Iterable[tuple[Any, str]]) -> list[Viewer | None]:
    """What each user may see of a room now, in the same order; None: no such room for them."""
    token = _results.set({})
    try:
        return [viewer(user, key) for user, key in pairs]
    finally:
        _results.reset(token)
