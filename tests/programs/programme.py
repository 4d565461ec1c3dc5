"""Programmes as tests need them: many sessions, long titles, other scripts."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sessions.models import Session
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
    Session.objects.filter(pk=made["other_session"]).delete()
    for number in range(60):
        start = now + timedelta(minutes=20 * (number // 4) - 100)
        live = number in (16, 17)
        Session.objects.create(
            edition_id=made["edition"],
            guid=uuid.uuid4().hex,
            title=TITLES[number % len(TITLES)][:300],
            stage_id=made["stage" if number % 2 else "other_stage"],
            start=start,
            end=start + timedelta(minutes=20),
            status="live" if live else "scheduled",
        )
    return made
