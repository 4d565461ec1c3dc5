"""Public lists are drawn once for many people: what is taken down leaves them at once."""

from typing import Any

from cities.models import Case, Solution, Tool
from live.revocations import end_copies


def announce(thing: Case | Tool | Solution, before: dict[str, Any]) -> None:
    """After a step, in its transaction: lists that show what is not public any more are drawn anew."""
    if before["is_public"] and not thing.is_public:
        end_copies()
