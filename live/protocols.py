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
