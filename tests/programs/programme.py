"""Programmes as tests need them: many sessions, long titles, other scripts."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from sessions.models import Edition, Session
from tests import world

TITLES = [
    "A title of three hundred characters " * 8,
    "مدن تصغي إلى سكانها كل يوم",
    "把城市还给行人：十年之后",
    "Short",
    "W" * 300,
]


def full() -> dict[str, Any]:
    """The test congress with two sessions live, ones that ended, and ones to come in two cities."""
    made = world.build()
    now = timezone.now().replace(second=0, microsecond=0)
    step = _within_the_day(Edition.objects.get(pk=made["edition"]), now)
    Session.objects.filter(pk=made["other_session"]).delete()
    for number in range(60):
        start = now + step * (number // 4 - 5)
        live = number in (16, 17)
        Session.objects.create(
            edition_id=made["edition"],
            guid=uuid.uuid4().hex,
            title=TITLES[number % len(TITLES)][:300],
            stage_id=made["stage" if number % 2 else "other_stage"],
            start=start,
            end=start + step,
            status="live" if live else "scheduled",
        )
    return made


def _within_the_day(edition: Edition, now: datetime) -> timedelta:
    """The length of a session of which five end before now and ten follow, at most 20 minutes, all on this day."""
    local = now.astimezone(edition.host_city.zone)
    since = timedelta(hours=local.hour, minutes=local.minute)
    return max(timedelta(minutes=1), min(timedelta(minutes=20), since / 6, (timedelta(days=1) - since) / 12))
