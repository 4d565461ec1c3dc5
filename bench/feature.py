"""What the benchmarks add to the product: rooms that anyone may follow."""

from typing import Any

from common.contract import Feature, Matrix
from live.viewer import Viewer


def viewer(user: Any, key: str) -> Viewer:
    """Anyone may follow "bench:<whatever>"."""
    return Viewer("attendee", user.pk)


feature = Feature(name="bench", rooms={"bench": viewer}, matrix=Matrix(rooms={"bench": "session.follow"}))
