"""Joins that arrive together are looked up together: who it is, what they may see, how far the rooms are.

While one look is under way the next joins wait, and share the next one: a handful of queries for a hundred sockets.
"""

import asyncio
from typing import TYPE_CHECKING

from live.models import Room
from live.viewer import Viewer, viewers_of_all

if TYPE_CHECKING:
    from live.hub import Hub

AT_ONCE = 100  # joins in one look

Asked = tuple[str | None, list[str]]  # session key, room keys
Answer = tuple[dict[str, Viewer | None], dict[str, int]]  # by room key: what they may see, the head


class Admission:
    """The joins of this process that wait for an answer."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._busy = False

    async def ask(self, session_key: str | None, keys: list[str]) -> Answer:
        """What whoever is signed in by that key may see of each room now. Raises what the database raises."""
        future: asyncio.Future[Answer] = self.hub.loop.create_future()
        self._waiting.append(((session_key, keys), future))
        if not self._busy:
            self._busy = True
            self.hub.spawn(self._work())
        return await future

    async def _work(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                await self._answer(some)
        finally:
            self._busy = False

    async def _answer(self, some: list[tuple[Asked, "asyncio.Future[Answer]"]]) -> None:
        try:
            answers = await self.hub.database(_look, [asked for asked, _ in some])
        except Exception as error:
            if len(some) > 1:  # whose fault it was shows when each is looked up alone
                for one in some:
                    await self._answer([one])
            elif not some[0][1].done():
                some[0][1].set_exception(error)
        else:
            for (_, future), answer in zip(some, answers, strict=True):
                if not future.done():
                    future.set_result(answer)


def _look(asked: list[Asked]) -> list[Answer]:
    """The answers, in the same order."""
    wanted: dict[str | None, set[str]] = {}
    for session_key, keys in asked:
        wanted.setdefault(session_key, set()).update(keys)
    known = viewers_of_all(wanted)
    heads = Room.heads({key for _, keys in asked for key in keys})
    return [
        ({key: known[session_key, key] for key in keys}, {key: heads[key] for key in keys})
        for session_key, keys in asked
    ]
