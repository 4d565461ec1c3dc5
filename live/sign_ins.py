"""Who is signed in by which key: looked up for many at once, kept for moments, forgotten when rights change."""

import time
from typing import Any

from live.batching import REST, Batching
from live.models import RESTORED
from live.protocols import Workers
from live.viewer import users_of

KEPT = 10.0  # seconds; what nobody announced (a sign-in that expired, a row changed by hand) holds no longer
AT_ONCE = 100  # sign-ins that are looked up together
MOST = 100_000  # sign-ins that are kept


class SignIns:
    """The sign-ins of which this process was asked in the last moments."""

    def __init__(self, workers: Workers) -> None:
        self._lookups: Batching[str | None, Any] = Batching(workers, _users, AT_ONCE, REST)
        self._kept: dict[str | None, tuple[Any, float]] = {}  # the user, and time.monotonic() before the look
        self._forgotten = 0

    async def user(self, session_key: str | None, newer_than: float = 0.0) -> Any:
        """The participant who is signed in by that key, looked up after `newer_than`, or AnonymousUser.

        That is of time.monotonic(). The object is shared: nobody changes it. Raises what the database raises.
        """
        user, looked = self._kept.get(session_key, (None, 0.0))
        while looked <= max(newer_than, time.monotonic() - KEPT):
            began, forgotten = time.monotonic(), self._forgotten
            user = await self._lookups.add(session_key)
            if forgotten == self._forgotten:  # else a right may have been revoked while we looked
                looked = began
                if user.pk is not None:  # who is not signed in may be in a moment
                    self._keep(session_key, user, looked)
        return user

    def _keep(self, session_key: str | None, user: Any, looked: float) -> None:
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[session_key] = user, looked

    def drop(self, session_key: str | None) -> None:
        """What is known of this sign-in holds no longer."""
        self._forgotten += 1
        self._kept.pop(session_key, None)

    def reached(self, key: str, head: int) -> None:
        """Rooms say nothing of sign-ins."""

    def touched(self, key: str, kind: str, item: str) -> None:
        """Nor do their numbers."""

    def rechecked(self, participants: set[int], rooms: set[str]) -> None:
        """What these participants hold, or whether they are signed in, has changed; or the database was set back."""
        self._forgotten += 1
        if RESTORED in rooms:
            self._kept.clear()
        for key in [key for key, (user, _) in self._kept.items() if user.pk in participants]:
            del self._kept[key]


def _users(keys: list[str | None]) -> list[Any]:
    users = users_of(keys)
    return [users[key] for key in keys]
