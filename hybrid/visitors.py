"""Who asks for pages, by their sign-in: looked up in batches, kept for moments, ended by revocation."""

import time
from typing import NamedTuple

from live.batching import Batching
from live.protocols import Workers
from live.viewer import users_of
from people.cohorts import NOBODY, Cohort, cohort_of
from people.own import own_html

KEPT = 10.0  # seconds; a revocation ends it at once, what nobody announced ends after this time
AT_ONCE = 100  # sign-ins that are looked up together
MOST = 100_000  # sign-ins that are kept


class Visitor(NamedTuple):
    """Somebody who asks for a page; `participant_id` is None for who is not signed in."""

    cohort: Cohort
    own: bytes  # their data as it stands in a page
    participant_id: int | None


STRANGER = Visitor(NOBODY, b'<script id="own" type="application/json">{}</script>', None)


class Visitors:
    """The sign-ins that asked for pages in the last moments."""

    def __init__(self, workers: Workers) -> None:
        self._lookups: Batching[str, Visitor] = Batching(workers, _look_up, AT_ONCE)
        self._kept: dict[str, tuple[Visitor, float]] = {}  # and time.monotonic() of the look
        self._forgotten = 0

    async def by(self, session_key: str, newer_than: float) -> Visitor:
        """Who is signed in by that key, looked up after `newer_than` (time.monotonic())."""
        visitor, looked = self._kept.get(session_key, (STRANGER, 0.0))
        while looked <= max(newer_than, time.monotonic() - KEPT):
            began, forgotten = time.monotonic(), self._forgotten
            visitor = await self._lookups.add(session_key)
            if forgotten == self._forgotten:  # else a right may have been revoked while we looked
                looked = began
                self._keep(session_key, visitor, looked)
        return visitor

    def _keep(self, session_key: str, visitor: Visitor, looked: float) -> None:
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[session_key] = visitor, looked

    def forget(self, participants: set[int]) -> None:
        """What these participants hold has changed."""
        self._forgotten += 1
        for key in [key for key, (visitor, _) in self._kept.items() if visitor.participant_id in participants]:
            del self._kept[key]


def _look_up(keys: list[str]) -> list[Visitor]:
    users = users_of(keys)
    return [
        Visitor(cohort_of(user), own_html(user).encode(), user.pk) if user.is_authenticated else STRANGER
        for user in (users[key] for key in keys)
    ]
