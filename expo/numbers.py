"""An exhibitor's numbers. A group of fewer than LEAST people is not told: it could be known who they are."""

from statistics import median
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from common.tables import as_csv
from expo.models import Exhibitor, Favourite, Lead, Talk, Visit
from sessions.models import Edition

LEAST = 5
NAMES = ("visits", "followers", "leads", "talks")


def told(count: int) -> str:
    """A count as it may be told."""
    return str(count) if count >= LEAST or count == 0 else _("fewer than %(least)d") % {"least": LEAST}


def numbers(exhibitor: Exhibitor) -> dict[str, str]:
    """Visits, followers, leads and talks, and how long those who rang waited (median, in seconds)."""
    counts = _counts([exhibitor.pk])[exhibitor.pk]
    taken = Talk.objects.filter(exhibitor=exhibitor, taken_at__isnull=False)
    waits = [(talk.taken_at - talk.opened_at).total_seconds() for talk in taken if talk.taken_at]
    return {name: told(counts[name]) for name in NAMES} | {
        "wait": str(round(median(waits))) if len(waits) >= LEAST else ""
    }


def _counts(pks: list[int]) -> dict[int, dict[str, int]]:
    """Exhibitor id -> its counts; four queries, however many exhibitors."""
    found = {pk: dict.fromkeys(NAMES, 0) for pk in pks}
    sources: dict[str, Any] = {
        "visits": Visit.objects,
        "followers": Favourite.objects,
        "leads": Lead.objects.filter(withdrawn_at=None),
        "talks": Talk.objects,
    }
    for name, rows in sources.items():
        for pk, count in rows.filter(exhibitor__in=pks).values_list("exhibitor").annotate(count=Count("pk")).order_by():
            found[pk][name] = count
    return found


def overview(edition: Edition) -> dict[str, Any]:
    """The exhibition in numbers, for its organisers."""
    all_of_it = Exhibitor.objects.filter(edition=edition)
    return all_of_it.aggregate(
        public=Count("pk", filter=Q(is_public=True), distinct=True),
        waiting=Count("pk", filter=Q(state="waiting"), distinct=True),
        bare=Count("pk", filter=Q(stand=None), distinct=True),
        none=Count("pk", filter=Q(team=None), distinct=True),
    )


def rows(exhibitors: list[Exhibitor]) -> list[dict[str, Any]]:
    """The exhibitors with their numbers as they may be told."""
    counts = _counts([exhibitor.pk for exhibitor in exhibitors])
    return [
        {"exhibitor": exhibitor} | {name: told(counts[exhibitor.pk][name]) for name in NAMES}
        for exhibitor in exhibitors
    ]


def overview_csv(edition: Edition) -> str:
    """All exhibitors with their numbers, as a table."""
    listed = rows(list(Exhibitor.objects.of(edition).order_by("name")))
    told_rows = [
        row | {"exhibitor": row["exhibitor"].name, "stand": str(row["exhibitor"].stand or "")} for row in listed
    ]
    return as_csv(["exhibitor", "stand", *NAMES], told_rows)
