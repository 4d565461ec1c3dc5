"""A day of the programme by time: what is on now, what comes next, the rest in portions, what has ended folded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.db.models.functions import TruncDate

from common import clock
from common.numbers import number_in
from common.prepared import Prepared
from people.models import Participant
from people.permissions import can
from sessions.models import ON_AIR, Edition, Session, Status
from sessions.rows import Row, rows_of

PORTION, WHOLE = 60, 2000  # rows
OVER = frozenset({Status.ENDED, Status.ON_DEMAND})
NOW, NEXT = "now", "next"
ENDED, ALL = "ended", "all"


class Slot(NamedTuple):
    """When a session is: what the order of a day needs."""

    begins: datetime
    position: int  # of its stage
    pk: int
    finishes: datetime
    status: str

    def over(self, now: datetime) -> bool:
        """Whether it has ended, or should have without anybody saying so."""
        return self.status in OVER or (self.status not in ON_AIR and self.finishes <= now)

    def on(self, now: datetime) -> bool:
        """Whether it is on air or its time is now."""
        return self.status in ON_AIR or (self.status != Status.CANCELLED and self.begins <= now < self.finishes)


@dataclass
class Group:
    """Rows under one heading: `label` is NOW, NEXT or "", `begins` their common start (ISO 8601; none for NOW)."""

    label: str
    begins: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Listing:
    """A portion of a day. `ended` is how many are folded, `after` the last session shown if `rest` more follow."""

    groups: list[Group]
    ended: int = 0
    rest: int = 0
    after: int = 0

    @property
    def total(self) -> int:
        """How many sessions the portion shows."""
        return sum(len(group.rows) for group in self.groups)


def visible_in(edition: Edition, user: Participant | AnonymousUser) -> Any:
    """The sessions of an edition that are there for somebody; the same as Session.objects.visible_to."""
    hidden = [each.pk for each in _RESTRICTED.ask(edition.pk) if not can(user, "session.view", each)]
    return Session.objects.filter(edition=edition).exclude(pk__in=hidden)


_RESTRICTED: Prepared[Session] = Prepared(lambda edition: Session.objects.filter(edition=edition).restricted())


def count_by_day(sessions: Any, zone: ZoneInfo) -> dict[date, int]:
    """Day by the clock of `zone` -> how many of the sessions begin then as planned; the days in order."""
    days = sessions.order_by().annotate(local=TruncDate("start", tzinfo=zone)).values_list("local")
    return dict(days.annotate(count=Count("pk", distinct=True)).order_by("local"))


def above(query: str, edition: Edition, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What stands above the list, as plain data: days, host cities, how many sessions have ended; `shown` is what the
    view has read for the page that `query` asks for."""
    days, day, city = shown["days"], shown["day"], shown["filter"].chosen.get("city")
    return {
        "query": query,
        "zone": shown["clock_city"].timezone,
        "days": [(each.isoformat(), count) for each, count in days.items()],
        "day": day and day.isoformat(),
        "sessions": days.get(day, 0),
        "cities": [(each.pk, each.name) for each in edition.host_cities],
        "city": city and city.pk,
        "ended": shown["listing"].ended if shown["listing"] else 0,
    }


def chosen_day(text: str, days: Iterable[date], zone: ZoneInfo) -> date | None:
    """The day asked for if there is one, else today, else the next day, else the last."""
    days = list(days)
    try:
        chosen = date.fromisoformat(text)
    except ValueError:
        chosen = clock.now().astimezone(zone).date()
    if chosen in days:
        return chosen
    return next((day for day in days if day >= chosen), days[-1] if days else None)


def portion(sessions: Any, day: date, zone: ZoneInfo, which: str = "", after: str = "", size: int = PORTION) -> Listing:
    """The day's first sessions, or those that follow the session with the id `after`. Three queries.

    `which` is ENDED (only what has ended), ALL, or "": what has ended is only counted, unless nothing else is left.
    """
    now = clock.now()
    slots = _slots(sessions, day, zone)
    ended = [slot for slot in slots if slot.over(now)]
    folds = not which and 0 < len(ended) < len(slots)
    if which == ENDED:
        slots = ended
    elif folds:
        slots = sorted((slot for slot in slots if not slot.over(now)), key=lambda slot: not slot.on(now))
    start = _place_after(slots, after)
    shown = slots[start : start + size]
    rest = len(slots) - start - len(shown)
    is_today = day == now.astimezone(zone).date()
    following = next((slot.begins for slot in slots if is_today and slot.begins > now), None)
    groups = _groups(shown, now, following, on_first=not which)
    return Listing(groups, len(ended) if folds else 0, rest, shown[-1].pk if rest else 0)


def _slots(sessions: Any, day: date, zone: ZoneInfo) -> list[Slot]:
    """The day's sessions in order."""
    begin = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    columns = ("pk", "start", "end", "delayed_start", "status", "stage__position")
    slots = []
    for pk, planned, finish, delayed, status, position in (
        sessions.filter(start__gte=begin, start__lt=end).order_by().values_list(*columns)
    ):
        begins = delayed or planned
        slots.append(Slot(begins, position, pk, finish + (begins - planned), status))
    return sorted(slots)


def _place_after(slots: list[Slot], after: str) -> int:
    """Where the portion after that session begins; the first one where it is not among them."""
    pk = number_in(after)
    return next((number for number, slot in enumerate(slots, 1) if slot.pk == pk), 0)


def _groups(slots: list[Slot], now: datetime, following: datetime | None, on_first: bool) -> list[Group]:
    rows = {row["id"]: row for row in rows_of(slot.pk for slot in slots)}

    def heading(slot: Slot) -> tuple[str, str]:
        if on_first and slot.on(now):
            return NOW, ""
        return NEXT if slot.begins == following else "", slot.begins.isoformat()

    return [
        Group(label, begins, [rows[slot.pk] for slot in members if slot.pk in rows])
        for (label, begins), members in groupby(slots, heading)
    ]
