"""What the speaker's clock and the stage screen show, as plain data; times as ISO 8601."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, TypedDict

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from common import clock
from common.contract import ScreenMode, Shown
from common.prepared import Prepared
from common.registry import registry
from live.audiences import EVERYONE
from people.permissions import can
from registration import hall
from sessions.data import SpeakerData, session_card
from sessions.models import BEFORE, Session, Status
from show.models import Show
from show.order import order_of
from show.projection import Phase

ANYBODY = AnonymousUser()
GROUP = 4  # letters of a code that are read together
PHASE_NAMES = {Phase.RUNNING: "running", Phase.PAUSED: "paused"}


class ClockData(TypedDict):
    """A session's times: `until` is its start before it begins, then its end as projected.

    `amber` and `red` in minutes before; `left` in seconds, which stand still while it is paused.
    """

    session: int
    timezone: str
    city: str
    phase: str
    until: str
    left: int
    amber: int
    red: int


class HoldingData(TypedDict):
    """What stands on the screen while nothing else is to be seen."""

    title: str
    speakers: list[SpeakerData]
    begins: str
    timezone: str
    before: bool
    following: dict[str, str] | None


class ScreenData(TypedDict):
    """The stage screen of a session as it is now: `mode` is the one that is shown."""

    session: int
    title: str
    mode: str
    template: str
    data: Any


def clock_data(session: Session) -> ClockData:
    """A session's times; phase: "before", "running", "paused" or "over"."""
    order, now = order_of(session), clock.now()
    projected, show = order.of(session.pk), order.shows.get(session.pk) or Show.of(session)
    city = session.stage.host_city
    phase, until = "over", session.finishes
    if projected and projected.cue.phase == Phase.AHEAD:
        phase, until = "before", session.begins
    elif projected and projected.cue.on:
        phase, until = PHASE_NAMES[projected.cue.phase], projected.due
    return {
        "session": session.pk,
        "timezone": city.timezone,
        "city": city.name,
        "phase": phase,
        "until": until.isoformat(),
        "left": round((until - now).total_seconds()),
        "amber": show.amber,
        "red": show.red,
    }


_FOLLOWING = Prepared(
    lambda stage, since, until: (
        Session.objects.filter(stage=stage, start__gte=since, start__lt=until)
        .exclude(status=Status.CANCELLED.value)
        .select_related("edition")
    )
)


def _midnight_after(session: Session) -> datetime:
    """When the day on which the session ends is over in its city."""
    local = session.end.astimezone(session.stage.host_city.zone)
    return datetime.combine(local.date() + timedelta(days=1), time(0), local.tzinfo)


def _holding(session: Session) -> Shown:
    card = session_card(session)
    following = _FOLLOWING.ask(session.stage_id, session.end, _midnight_after(session))
    after = next((each for each in following if can(ANYBODY, "session.view", each)), None)
    data: HoldingData = {
        "title": card["title"],
        "speakers": card["speakers"],
        "begins": card["begins"],
        "timezone": card["timezone"],
        "before": session.status in BEFORE,
        "following": {"title": after.title, "begins": after.begins.isoformat()} if after else None,
    }
    return Shown(data, 0)


def _timer(session: Session) -> Shown:
    return Shown(clock_data(session), 0)


OWN_MODES = {
    "holding": ScreenMode(_("Title and speakers"), "show/_holding.html", _holding),
    "timer": ScreenMode(_("Time left"), "show/_timer.html", _timer),
}


def modes() -> dict[str, ScreenMode]:
    """All modes of the stage screen, those of the other apps first."""
    return {**registry.screen, **OWN_MODES}


def screen_data(session: Session) -> ScreenData:
    """The stage screen as it is: the mode that was chosen, else what is most urgent, else the holding screen."""
    mode = Show.of(session).mode
    if mode in OWN_MODES:
        return _screen(session, mode, OWN_MODES[mode].shown(session))
    return screen_of_others(session, mode) or _screen(session, "holding", _holding(session))


def screen_of_others(session: Session, mode: str) -> ScreenData | None:
    """What the other apps have for the stage screen: of the chosen mode, else the most urgent. None: nothing."""
    if mode in registry.screen:
        shown = registry.screen[mode].shown(session)
        return _screen(session, mode, shown) if shown else None
    found = {name: each.shown(session) for name, each in registry.screen.items()}
    urgent = {name: each for name, each in found.items() if each and each.urgency}
    mode = max(urgent, key=lambda name: urgent[name].urgency, default="")
    return _screen(session, mode, urgent[mode]) if mode else None


def _screen(session: Session, mode: str, shown: Shown | None) -> ScreenData:
    template, data = modes()[mode].template, shown.data if shown else None
    return {"session": session.pk, "title": session.title, "mode": mode, "template": template, "data": data}


def hall_code(session: Session) -> dict[str, Any]:
    """The code that opens the session's hall, in groups of letters; "code" is empty when there is none."""
    code = hall.of(session)
    text = code.code if code else ""
    return {"code": text, "groups": [text[at : at + GROUP] for at in range(0, len(text), GROUP)]}


def clocks(entries: Sequence[Mapping[str, Any]]) -> list[ClockData | None]:
    """What entries of the kind "show.clock" show: the sessions' times as they are now."""
    sessions = Session.objects.for_display().in_bulk({entry["session"] for entry in entries})
    shown = {pk: clock_data(session) for pk, session in sessions.items()}
    return [shown.get(entry["session"]) for entry in entries]


def screens(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "show.screen" of these sessions; the rooms in which it is sent are those of who has the address."""
    sessions = Session.objects.for_display().filter(pk__in=ids)
    return {EVERYONE: {"screens": [screen_data(session) for session in sessions]}}
