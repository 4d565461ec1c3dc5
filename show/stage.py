"""What the pages of one stage show: the caller's view, the confidence monitor and the door sign; times as ISO 8601."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

from common import clock
from common.registry import registry
from sessions.models import Session
from sessions.status import LABELS
from show.address import stage_signed
from show.control import times
from show.data import ANYBODY, OWN_MODES, screen_of_others
from show.models import StageShow
from show.order import Order, orders
from show.projection import Projected

MonitorData = dict[str, Any]
UPCOMING = 4  # sessions on a door sign after the present one
STEPS = {"scheduled": "prepare", "delayed": "prepare", "starting": "go_live", "live": "end", "paused": "end"}


class Row(TypedDict):
    """A session of the running order: planned and published start, and when it really begins and ends."""

    id: int
    title: str
    speakers: list[str]
    status: str
    planned: str
    published: str
    start: str
    end: str
    cue: str
    least: int
    cut: int
    on: bool
    over: bool
    moved: bool


class StageData(TypedDict):
    """A stage as those who work on it see it."""

    stage: int
    name: str
    city: str
    timezone: str
    clock: dict[str, Any]
    now: Row | None
    next: Row | None
    lines: list[Row]
    step: dict[str, Any] | None
    undo: dict[str, Any] | None
    message: dict[str, Any] | None
    speaking_to: int
    blackout: bool


def stage_data(show: StageShow) -> StageData:
    """Everything about a stage's day."""
    now = clock.now()
    order = orders([show.stage_id], now)[show.stage_id]
    found = {session.pk: session for session in Session.objects.for_display().filter(pk__in=order.sessions)}
    lines = {each.cue.key: _line(each, found[each.cue.key], order) for each in order.projected}
    shown = order.now or order.next
    session = found[shown.cue.key] if shown else None
    data: dict[str, Any] = {
        **_place(show),
        "clock": times(order, now),
        "now": lines[order.now.cue.key] if order.now else None,
        "next": lines[order.next.cue.key] if order.next else None,
        "lines": list(lines.values()),
        "step": _step(session),
        "undo": _undo(order),
        "message": message(session),
        "speaking_to": session.pk if session else 0,
        "blackout": show.blackout,
    }
    return cast(StageData, data)


def monitors(entries: Sequence[Mapping[str, Any]]) -> list[MonitorData | None]:
    """What entries of the kind "show.monitor" show: their stages' monitors as they are now. Only the newest of each
    stage shows it, so that nothing is drawn twice."""
    newest = {entry["stage"]: place for place, entry in enumerate(entries)}
    return [
        monitor_data(StageShow.of(entry["stage"])) if newest[entry["stage"]] == place else None
        for place, entry in enumerate(entries)
    ]


def monitor_data(show: StageShow) -> MonitorData:
    """What the confidence monitor shows. It is asked for at each press, by pages that stand there for days: whatever
    the running order does not say already is one query."""
    now = clock.now()
    data: MonitorData = {**_place(show), "blackout": show.blackout, "signed": stage_signed(show, "monitor")}
    if show.blackout:
        return data
    order = orders([show.stage_id], now)[show.stage_id]
    shown = order.now or order.next
    session = Session.objects.select_related("stage__host_city", "edition").get(pk=shown.cue.key) if shown else None
    mode = order.shows[session.pk].mode if session else ""
    return data | {
        "clock": times(order, now),
        "title": order.sessions[order.now.cue.key].title if order.now else "",
        "next": _next(order),
        "message": message(session),
        "speaking_to": session.pk if session else 0,
        "screen": screen_of_others(session, mode) if session and mode not in OWN_MODES else None,
    }


def _next(order: Order) -> dict[str, str] | None:
    following = order.next
    if following is None:
        return None
    return {"start": following.start.isoformat(), "title": order.sessions[following.cue.key].title}


def _place(show: StageShow) -> dict[str, Any]:
    city = show.stage.host_city
    return {"stage": show.stage_id, "name": show.stage.name, "city": city.name, "timezone": city.timezone}


def _line(each: Projected, session: Session, order: Order) -> Row:
    show = order.shows[session.pk]
    return {
        "id": session.pk,
        "title": session.title,
        "speakers": [speaker.name for speaker in session.speakers.all()],
        "status": session.status,
        "planned": session.start.isoformat(),
        "published": session.begins.isoformat(),
        "start": each.start.isoformat(),
        "end": each.end.isoformat(),
        "cue": show.cue,
        "least": show.least,
        "cut": round(each.cut.total_seconds() / 60),
        "on": each.cue.on,
        "over": each.cue.phase == "over" or each.missed,
        "moved": session.delayed_start is not None,
    }


def _step(session: Session | None) -> dict[str, Any] | None:
    """What a caller's next press does: what is on ends, else what comes next is prepared, then goes live."""
    if session is None:
        return None
    action = STEPS[session.status]
    label, early = LABELS[action], session.begins.isoformat()
    return {"session": session.pk, "title": session.title, "action": action, "label": label, "begins": early} | {
        "expected": session.status
    }


def _undo(order: Order) -> dict[str, Any] | None:
    """The newest step of the stage's day."""
    last = max(order.last.values(), key=lambda change: change.pk, default=None)
    if last is None or last.action not in LABELS:
        return None
    session = order.sessions[last.session]
    return {"session": session.pk, "label": LABELS[last.action], "title": session.title, "expected": session.status}


def message(session: Session | None) -> dict[str, Any] | None:
    """The newest private line to who is on stage: id, text, acknowledged."""
    line = registry.line()
    shown = line.shown(session) if line and session else None
    return dict(shown) if shown else None


def sign_data(show: StageShow) -> dict[str, Any]:
    """What everybody may read at the door: now and next, by their projected times; of what is hidden no word."""
    order = orders([show.stage_id])[show.stage_id]
    visible = Session.objects.visible_to(ANYBODY).for_display().filter(pk__in=order.sessions)
    found = {session.pk: session for session in visible}
    keys = [each for each in order.projected if each.cue.key in found]
    lines = [_line(each, found[each.cue.key], order) for each in keys if each.cue.on or each.moves]
    present = next((line for line in reversed(lines) if line["on"]), None)
    ahead = [line for line in lines if not line["on"]]
    private = bool(order.now and order.now.cue.key not in found)
    return {**_place(show), "now": present, "private": private, "ahead": ahead[: 1 + UPCOMING]}
