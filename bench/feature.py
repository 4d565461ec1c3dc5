"""What the benchmarks add to the product: rooms that anyone may follow."""

import os
from typing import Any

from common.contract import Feature, Matrix
from live import pump
from live.viewer import Viewer

if os.environ.get("BENCH_ONE_EACH"):  # what is compared: a frame and a write for each event
    pump.CROWD, pump.READ_AT_ONCE = 10**9, 1


def viewer(user: Any, key: str) -> Viewer:
    """Anyone may follow "bench:<whatever>"."""
    return Viewer("attendee", user.pk)


feature = Feature(name="bench", rooms={"bench": viewer}, matrix=Matrix(rooms={"bench": "session.follow"}))
