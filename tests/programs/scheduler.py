"""Doing what is due, in a process of its own."""

import os
import time
from typing import Any

from common import clock
from common.contract import Job
from common.registry import registry
from live.log import append
from live.models import Event
from scheduler import planning, work

ROOM = "session:777"


def _note(data: dict[str, Any]) -> None:
    time.sleep(0.01)
    append(ROOM, "chat.removed", {"number": data["number"], "process": os.getpid()})


registry.jobs["test.note"] = Job(_note)


def plan(jobs: int) -> None:
    """So many jobs that are due."""
    for number in range(jobs):
        planning.at(clock.now(), "test.note", {"number": number})


def do(start: float) -> int:
    """Begin at that moment, and do what is due; how many that were."""
    time.sleep(max(0.0, start - time.time()))
    return work.do_due()


def done() -> list[tuple[int, int]]:
    """Number of the job and process, of each time that one was done."""
    events = Event.objects.filter(room__key=ROOM).order_by("seq")
    return [(event.data["number"], event.data["process"]) for event in events]
