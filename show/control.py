"""The control room's rows: what each stage is at, as plain data. Their queries are the same for one stage or forty."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypedDict, cast

from common import clock
from common.registry import registry
from live.audiences import EVERYONE
from live.models import Presence
from sessions import status
from sessions.models import Edition, Stage
from show import ripple, watch
from show.data import PHASE_NAMES
from show.models import Ripple
from show.order import Order, orders
from show.projection import NOTHING, Kind, Offer, Phase, Projected, next_change, offer
from show.watch import Warnings

IN_PLACE = ("prepare", "go_live", "pause", "resume", "end")  # steps that ask for nothing
AGAIN = timedelta(minutes=1)  # after which a row that grows is drawn anew
EARLIER = timedelta(hours=4)  # what began before is of no use in a row
UNDO_FOR = timedelta(minutes=10)


class Item(TypedDict):
    """A session in a row: its planned and published start, and when it begins and ends as projected; ISO 8601."""

    id: int
    title: str
    room: str
    status: str
    planned: str
    published: str
    start: str
    end: str
    steps: list[str]
    undo: str


class Ahead(TypedDict):
    """An offer: how many sessions, the longest delay in minutes, and what soaks up the rest: (title, minutes, kind)."""

    sessions: int
    minutes: int
    absorbed: list[tuple[str, int, str]]


class Row(TypedDict):
    """A row. `offset` in seconds, positive is late; it grows with the clock from `grows` on (empty: it does not).

    `due`: when the row is to be drawn anew though nothing happens.
    """

    stage: int
    name: str
    city: str
    timezone: str
    place: int
    now: Item | None
    next: Item | None
    phase: str
    until: str
    left: int
    amber: int
    red: int
    offset: int
    grows: str
    followers: int
    facts: list[tuple[int, int, int]]  # place in registry.facts(), session, number
    moderators: list[tuple[str, bool]]
    warnings: Warnings
    offer: Ahead | None
    ripple: int
    ripple_kind: str
    automatic: int
    due: str
    urgency: int


@dataclass
class Facts:
    """What is counted for the sessions of all rows at once."""

    followers: Mapping[str, int] = field(default_factory=dict)
    counts: list[tuple[Any, Mapping[int, int]]] = field(default_factory=list)
    moderators: Mapping[int, list[tuple[str, bool]]] = field(default_factory=dict)
    twice: Mapping[int, list[str]] = field(default_factory=dict)
    ripples: Mapping[int, Ripple] = field(default_factory=dict)


def rows(edition: Edition, stage_ids: Collection[int] | None = None) -> list[Row]:
    """The rows of an edition's stages, or of some of them, in the order of the stages."""
    now = clock.now()
    stages = list(edition.stages.select_related("host_city", "show"))
    places = {stage.pk: place for place, stage in enumerate(stages)}
    if stage_ids is not None:
        stages = [stage for stage in stages if stage.pk in stage_ids]
    found = orders([stage.pk for stage in stages], now, EARLIER)
    facts = _facts(edition, stages, found)
    return [_row(stage, places[stage.pk], found[stage.pk], facts, now) for stage in stages]


def _facts(edition: Edition, stages: Sequence[Stage], found: Mapping[int, Order]) -> Facts:
    shown = [each for order in found.values() for each in (order.now, order.next) if each]
    keys = [each.cue.key for each in shown]
    pks = [stage.pk for stage in stages]
    return Facts(
        followers=Presence.counts(f"session:{key}" for key in keys),
        counts=[(fact, fact.of(keys)) for fact in registry.facts()],
        moderators=watch.moderators(edition, found),
        twice=watch.speakers_twice(shown),
        ripples=ripple.last(pks),
    )


def _row(stage: Stage, place: int, order: Order, facts: Facts, now: datetime) -> Row:
    current, following = order.now, order.next
    made = offer(order.projected)
    moderators = facts.moderators.get(stage.pk, [])
    warnings = watch.warnings(order, moderators, facts.twice, now)
    shown = [each.cue.key for each in (current, following) if each]
    last = facts.ripples.get(stage.pk)
    counts = [(at, key, found[key]) for key in shown for at, (_f, found) in enumerate(facts.counts) if found.get(key)]
    row: dict[str, Any] = {
        "stage": stage.pk,
        "name": stage.name,
        "city": stage.host_city.name,
        "timezone": stage.host_city.timezone,
        "place": place,
        "now": _item(current, order, now),
        "next": _item(following, order, now),
        **times(order, now),
        "followers": sum(facts.followers.get(f"session:{key}", 0) for key in shown[:1]),
        "facts": counts,
        "moderators": moderators,
        "warnings": warnings,
        "offer": _offer(made, order),
        "ripple": last.pk if last else 0,
        "ripple_kind": last.kind if last else "",
        "automatic": stage.show.automatic if hasattr(stage, "show") else 0,
        "due": _due(order, bool(made), now),
        "urgency": max(
            max((level for _name, level, _of in warnings), default=0),
            2 if made else 0,
            1 if any(facts.counts[at][0].alarms(number) for at, _key, number in counts) else 0,
        ),
    }
    return cast(Row, row)


def _item(each: Projected | None, order: Order, now: datetime) -> Item | None:
    if each is None:
        return None
    session = order.sessions[each.cue.key]
    last = order.last.get(session.pk)
    return {
        "id": session.pk,
        "title": session.title,
        "room": session.room_key,
        "status": session.status,
        "planned": session.start.isoformat(),
        "published": session.begins.isoformat(),
        "start": each.start.isoformat(),
        "end": each.end.isoformat(),
        "steps": [action for action in status.allowed(session.status) if action in IN_PLACE],
        "undo": last.action if last and now - last.at < UNDO_FOR else "",
    }


def times(order: Order, now: datetime) -> dict[str, Any]:
    """The clock of a stage and its offset."""
    each = order.current
    if each is None:
        return {"phase": "", "until": "", "left": 0, "amber": 0, "red": 0, "offset": 0, "grows": ""}
    show, cue = order.shows[each.cue.key], each.cue
    ahead = cue.phase == Phase.AHEAD
    until = max(cue.published, each.start) if ahead and each.start > now else cue.published if ahead else each.due
    grows = max(now, cue.published) if ahead else now if cue.paused_at else max(now, each.due)
    return {
        "phase": "before" if ahead else PHASE_NAMES.get(cue.phase, "over"),
        "until": until.isoformat(),
        "left": round((until - now).total_seconds()),
        "amber": show.amber,
        "red": show.red,
        "offset": round(each.offset.total_seconds()),
        "grows": "" if cue.phase == Phase.OVER or each.missed else grows.isoformat(),
    }


def _offer(made: Offer | None, order: Order) -> Ahead | None:
    if made is None:
        return None
    kinds = {each.cue.key: each.cue.kind for each in order.projected}
    absorbed = [
        (order.sessions[key].title, round(taken / timedelta(minutes=1)), "break" if kinds[key] == Kind.BREAK else "cut")
        for key, taken in made.absorbed
    ]
    return {"sessions": len(made.moves), "minutes": made.most, "absorbed": absorbed}


def _due(order: Order, offered: bool, now: datetime) -> str:
    change = next_change(order.projected, now)
    if order.now or offered or any(each.cue.phase == Phase.PAUSED or each.offset > NOTHING for each in order.projected):
        change = min(change or now + AGAIN, now + AGAIN)
    return change.isoformat() if change else ""


def by_stage(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the kind "show.row" show: the rows of their stages as they are now, drawn up once for all."""
    stages = Stage.objects.select_related("edition").in_bulk({entry["stage"] for entry in entries})
    drawn = {row["stage"]: row for edition, pks in _by_edition(stages.values()).items() for row in rows(edition, pks)}
    shown = [drawn.get(entry["stage"]) for entry in entries]
    return [{"rows": [row]} if row else None for row in shown]


def _by_edition(stages: Collection[Stage]) -> dict[Edition, list[int]]:
    found: defaultdict[Edition, list[int]] = defaultdict(list)
    for stage in stages:
        found[stage.edition].append(stage.pk)
    return found


def counted(stages: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "show.counts": the rows of these stages, for who is in the control room."""
    found = by_stage([{"stage": int(stage)} for stage in stages])
    return {EVERYONE: {"rows": [row for each in found if each for row in each["rows"]]}}
