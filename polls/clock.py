"""What happens by itself at its time: countdowns end, scheduled polls open. Every process looks once a second."""

from datetime import datetime

from common import clock
from people.refusal import Refused
from polls.models import Poll, State
from polls.state import step


def tick() -> None:
    """Take the steps that are due; of several processes the first takes each."""
    now = clock.now()
    for action, keys in (("close", _over(now)), ("open", _due(now))):
        for key, version in keys:
            try:
                step(key, action, expected=version)
            except Refused:  # another process or a person was faster, or another poll is open: look again in a second
                continue


def _over(now: datetime) -> list[tuple[int, int]]:
    polls = Poll.objects.filter(state=State.OPEN, rounds__closed_at=None, rounds__closes_at__lte=now)
    return list(polls.values_list("pk", "version"))


def _due(now: datetime) -> list[tuple[int, int]]:
    polls = Poll.objects.filter(state=State.SCHEDULED, opens_at__lte=now).order_by("opens_at")
    return list(polls.values_list("pk", "version"))
