"""What the parts of the hub need of the hub, as narrow protocols: none of them imports it."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Workers(Protocol):
    """Where work is done."""

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a task on the event loop; what it raises is logged."""

    async def database(self, work: Callable[..., T], *args: Any) -> T:
        """Call `work` in a thread with a database connection; its result, or what it raises."""


class Listener(Protocol):
    """Who keeps things that stand for rooms and rights, and hears when these have changed."""

    def reached(self, key: str, head: int) -> None:
        """A room has reached `head`; told more than once."""

    def touched(self, key: str, kind: str, item: str) -> None:
        """A process has said so: something volatile of a room, or whatever listeners tell each other."""

    def rechecked(self, participants: set[int], rooms: set[str]) -> None:
        """What these participants may see, or who may follow these rooms, has changed."""
