"""Putting things to do into the schedule, and taking them out."""

from datetime import datetime
from typing import Any

from scheduler.models import Job


def at(due_at: datetime, kind: str, data: dict[str, Any] | None = None, key: str = "") -> Job:
    """Have a job done at a moment; within the caller's transaction, so that both happen or neither.

    With a `key` it takes the place of an earlier one of that kind and key.
    """
    values: dict[str, Any] = {"due_at": due_at, "data": data or {}}
    if not key:
        return Job.objects.create(kind=kind, **values)
    fresh = {"token": None, "taken_until": None, "tries": 0, "failed_at": None, "error": ""}
    return Job.objects.update_or_create(kind=kind, key=key, defaults=values | fresh)[0]


def drop(kind: str, key: str) -> bool:
    """Take a job out of the schedule; whether it was there."""
    return bool(Job.objects.filter(kind=kind, key=key).delete()[0])


def planned(kind: str, key: str) -> Job | None:
    """The job of that kind and key that waits for its time."""
    return Job.objects.filter(kind=kind, key=key).first()
