"""What the agenda shows: a participant's sessions of an edition as things stand, and what they may like."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from agenda.models import FollowedTheme, Saved
from agenda.times import Span, clashes
from common import clock
from people.models import Participant, Role
from sessions.listing import OVER
from sessions.models import BEFORE, Edition, Session, Status
from sessions.rows import Row, rows_of
from show.order import Order, orders

MOST_RECOMMENDED = 6
CLOSED = OVER | {Status.CANCELLED}


@dataclass
class Item:
    """A session of the agenda: its row, its time, what it clashes with, and the person's part in it ("": saved).

    `drifted`: what it clashes with only because one of the two runs late.
    """

    row: Row
    span: Span
    part: Any = ""
    clashes: list["Item"] = field(default_factory=list)
    drifted: list["Item"] = field(default_factory=list)


def items_of(participant: Participant, edition: Edition) -> list[Item]:
    """What a participant saved, speaks in, moderates or is invited to, by the time it will really begin."""
    saved = Saved.objects.filter(participant=participant).values("session")
    theirs = Session.objects.of(participant).values("pk")
    sessions = list(_visible(participant, edition).filter(Q(pk__in=saved) | Q(pk__in=theirs)))
    spans = spans_of(sessions)
    parts = _parts(participant)
    items = {row["id"]: Item(row, spans[row["id"]], parts.get(f"session:{row['id']}", "")) for row in _rows(sessions)}
    for key, others in clashes(spans.values()).items():
        for other in others:
            promised = spans[key].promised_with(spans[other])
            (items[key].clashes if promised else items[key].drifted).append(items[other])
    return sorted(items.values(), key=lambda item: (item.span.shown, item.row["id"]))


def _visible(participant: Participant, edition: Edition) -> Any:
    sessions = edition.sessions.visible_to(participant).select_related("stage__host_city").order_by()
    return sessions.defer("abstract", "abstract_folded", "title_folded")


def _rows(sessions: Collection[Session]) -> list[Row]:
    return rows_of(session.pk for session in sessions)


def _parts(participant: Participant) -> dict[str, Any]:
    return {role.scope: role.label for role in Role.objects.filter(participant=participant)}


def spans_of(sessions: Collection[Session]) -> dict[int, Span]:
    """Session id -> its time as things stand: by the running order of its stage, else as published."""
    stages = orders({session.stage_id for session in sessions}) if sessions else {}
    return {session.pk: _span(session, stages[session.stage_id]) for session in sessions}


def _span(session: Session, order: Order) -> Span:
    projected = order.of(session.pk)
    start, end = (projected.start, projected.end) if projected else (session.begins, session.finishes)
    is_open = session.status not in CLOSED and end > clock.now()
    city = session.stage.host_city.name
    return Span(session.pk, session.start, session.begins, start, end, city, is_open, session.finishes)


def by_day(items: list[Item], zone: ZoneInfo) -> dict[date, list[Item]]:
    """Day on the clock of a zone -> what is shown to begin then; the days in order."""
    days: dict[date, list[Item]] = {}
    for item in items:
        days.setdefault(item.span.shown.astimezone(zone).date(), []).append(item)
    return days


def recommended(participant: Participant, edition: Edition, items: list[Item]) -> list[Row]:
    """Sessions to come of the themes that the participant follows, while nothing of theirs is at the same time."""
    themes = FollowedTheme.objects.filter(participant=participant, theme__edition=edition).values("theme")
    have = {item.row["id"] for item in items}
    ahead = _visible(participant, edition).filter(theme__in=themes, status__in=BEFORE, start__gt=clock.now())
    taken = [(item.span.start, item.span.end) for item in items if item.span.open]
    free = [
        session.pk
        for session in ahead.order_by("start", "pk")[:200]
        if session.pk not in have and not any(a < session.finishes and session.begins < b for a, b in taken)
    ]
    return rows_of(free[:MOST_RECOMMENDED])
