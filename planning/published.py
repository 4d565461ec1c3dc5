"""What holds now of an edition's sessions, as plain rows."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from common.prepared import Prepared
from sessions.models import Session

Rows = QuerySet[Any, dict[str, Any]]
# Enough for lists and checks.
LIGHT = ("title", "format", "stage", "start", "end", "stream", "strand", "theme", "visibility", "guid")
HEAVY = (*LIGHT, "abstract", "languages", "poster", "visible_passes", "embargo_until")


def rows(sessions: "QuerySet[Session]", full: bool) -> Rows:
    """What the sessions are now."""
    found: Rows = sessions.order_by().values("pk", "status", *(HEAVY if full else LIGHT))
    return found


def _near(
    edition: int, begins: datetime | None, ends: datetime | None, stages: Collection[int] | None, full: bool
) -> Rows:
    """What begins then and there; what a draft changes may begin then and there, too."""
    near = Q() if begins is None else Q(start__gte=begins, start__lt=ends)
    if stages is not None:
        near &= Q(stage__in=stages)
    return rows(Session.objects.filter(near | Q(draft__isnull=False) if near else near, edition=edition), full)


NEAR: Prepared[dict[str, Any]] = Prepared(_near)
DRAFTED: Prepared[dict[str, Any]] = Prepared(
    lambda edition, full: rows(Session.objects.filter(edition=edition, draft__isnull=False), full)
)


@lru_cache
def days(zone: ZoneInfo) -> Prepared[date]:
    """Days on which sessions begin by the clock of the zone, of an edition."""
    local = TruncDate("start", tzinfo=zone)
    return Prepared(
        lambda edition: Session.objects.filter(edition=edition).order_by().values_list(local, flat=True).distinct()
    )
