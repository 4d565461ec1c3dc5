"""Programmes as tests need them: many sessions, long titles, other scripts."""

import uuid
from datetime import timedelta
from typing import Any

from common import clock
from sessions.models import Edition, HostCity, Session
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
    now = clock.now().replace(second=0, microsecond=0)
    step = timedelta(minutes=20)
    zone = _let_it_be_day(Edition.objects.get(pk=made["edition"]).host_city)
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
    return made | {"zone": zone}


def _let_it_be_day(city: HostCity) -> str:
    """Move the host city to where it is neither early nor late now: every session of the programme is on one day."""
    if not 6 <= clock.now().astimezone(city.zone).hour < 18:
        city.timezone = "Pacific/Auckland"  # twelve hours from Madrid, eleven or ten for some weeks
        city.save(update_fields=["timezone"])
    return city.timezone


def lightning() -> dict[str, Any]:
    """The full programme with six talks of two minutes each, one after the other, on one stage."""
    made = full()
    now = clock.now().replace(second=0, microsecond=0)
    for number in range(6):
        start = now + timedelta(minutes=60 + 2 * number)
        Session.objects.create(
            edition_id=made["edition"],
            guid=uuid.uuid4().hex,
            title=f"In two minutes {number}",
            stage_id=made["stage"],
            start=start,
            end=start + timedelta(minutes=2),
        )
    return made
