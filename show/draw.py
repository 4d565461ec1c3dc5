"""Rows of the control room. They are drawn without a template: forty stand on a page, and each would cost 1 ms."""

from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_noop as _
from lucide.templatetags.lucide import lucide

from common.contract import Fact
from common.languages import listed
from common.registry import registry
from sessions.rows import at
from sessions.status import LABELS as STEPS
from sessions.templatetags.programme import status_label
from show.control import Item, Row
from show.models import Ripple

ORGANISER = "organiser"  # the role whose rows have what organisers only may do
WARNINGS = {
    "unstarted": gettext_lazy("Nobody has started it"),
    "two": gettext_lazy("Two sessions are on this stage"),
    "moderator": gettext_lazy("No moderator is here"),
    "stream": gettext_lazy("No stream"),
    "twice": gettext_lazy("On two stages at once: %(names)s"),
    "missed": gettext_lazy("Was never started: %(names)s"),
}
BACK: dict[str, str] = {
    Ripple.Kind.DELAYS: _("Take the published delays back"),
    Ripple.Kind.MOVE: _("Take the move back"),
    Ripple.Kind.SWAP: _("Take the change of places back"),
    Ripple.Kind.CANCEL: _("Take the cancellation back"),
}
PUBLISHES = _("Puts the new starts into the programme for everybody, and tells who has saved these sessions.")
NAMED = ("twice", "missed")
EXPECTED, FOLLOW, AWAY, MORE = _("expected %(time)s"), _("follow"), _("away"), _("More")
OFFSETS = {"late": _("late"), "early": _("early"), "even": _("in time")}


def row(data: Row, role: str) -> SafeString:
    """The row of a stage, for an organiser or a moderator of the edition."""
    key, current = data["stage"], data["now"] or data["next"]
    parts = [_stage(data), _session(data, "now"), _clock(data), _session(data, "next"), _facts(data), _warnings(data)]
    parts += [_offer(data, role), _steps(data, current) if current else "", _more(data)]
    return mark_safe(  # noqa: S308 - each text is escaped where it is put in
        f'<article class="stage-row urgent-{data["urgency"]}" id="row-{key}" data-live-refresh'
        f' data-urgency="{data["urgency"]}" data-place="{data["place"]}" data-due="{data["due"]}"'
        f' data-row="{key}" aria-labelledby="row-name-{key}" tabindex="-1">{"".join(parts)}</article>'
    )


@cache
def _translated(text: str, language: str | None) -> str:
    return escape(gettext(text))


def say(text: str, **values: Any) -> str:
    """A fixed text in the present language, with its values, escaped. Without any it is looked up once for all rows."""
    return escape(gettext(text) % values) if values else _translated(text, get_language())


@cache
def _address(name: str) -> Callable[[int], str]:
    """The addresses of a name by their id: `reverse` is dear for hundreds."""
    before, after = reverse(name, args=[0]).split("0")
    return lambda pk: f"{before}{pk}{after}"


@cache
def icon(name: str) -> str:
    """A lucide icon of 16 px."""
    return str(lucide(name, size=16, aria_hidden="true"))


def _stage(data: Row) -> str:
    return (
        f'<header class="row-stage"><h2 id="row-name-{data["stage"]}"><a dir="auto"'
        f' href="{_address("show:caller")(data["stage"])}">{escape(data["name"])}</a></h2>'
        f'<p><bdi>{escape(data["city"])}</bdi> <time data-clock="{escape(data["timezone"])}"></time></p></header>'
    )


def _session(data: Row, which: str) -> str:
    item: Item | None = data[which]  # type: ignore[literal-required]
    label = say(_("Now") if which == "now" else _("Next"))
    if item is None:
        nothing = say(_("Nothing is on") if which == "now" else _("Nothing more today"))
        return f'<div class="row-{which} row-nothing"><p class="row-label">{label}</p><p>{nothing}</p></div>'
    return (
        f'<div class="row-{which}"><p class="row-label">{label} {_status(item)}</p>'
        f'<p class="row-title"><a dir="auto" href="{_address("sessions:session")(item["id"])}">'
        f'{escape(item["title"])}</a></p><p class="row-times">{_times(item, data["timezone"])}</p></div>'
    )


def _status(item: Item) -> str:
    if item["status"] == "scheduled":
        return ""
    dot = '<span class="dot" aria-hidden="true"></span>' if item["status"] == "live" else ""
    return f'<span class="status status-{item["status"]}">{dot}{escape(str(status_label(item["status"])))}</span>'


def _times(item: Item, zone: str) -> str:
    """Planned (struck out when it has moved), published, the projected end, and a start that is expected later."""
    moments = [item["planned"], item["published"], item["start"], item["end"]]
    planned, published, start, end = (at(moment, zone) for moment in moments)
    struck = f"<s>{planned}</s> " if planned != published else ""
    waits = item["status"] in ("scheduled", "delayed", "starting") and start > published
    expected = f" · {say(EXPECTED, time=start)}" if waits else ""
    return f"{struck}{published}–{end}{expected}"


def _clock(data: Row) -> str:
    if not data["phase"]:
        return '<div class="row-clock"></div>'
    return f'<div class="row-clock">{time_left(data)}{offset(data)}</div>'


def time_left(data: Any) -> str:
    """The figure that static/show/time.js fills."""
    words = {
        "before": _("until the start"),
        "due": _("not begun yet"),
        "running": _("left"),
        "paused": _("left, paused"),
    }
    words |= {"beyond": _("over time"), "over": _("ended")}
    named = "".join(f' data-{name}="{say(text)}"' for name, text in words.items())
    return (
        f'<p class="time-left" data-phase="{data["phase"]}" data-until="{data["until"]}" data-left="{data["left"]}"'
        f' data-amber="{data["amber"]}" data-red="{data["red"]}" role="timer" aria-live="off">'
        f'<span class="left-figure" dir="ltr"></span> <span class="left-words"{named}></span></p>'
    )


def offset(data: Any) -> str:
    """How late or early, as callers read it: + is late."""
    named = "".join(f' data-{name}="{say(text)}"' for name, text in OFFSETS.items())
    return (
        f'<p class="row-offset" data-offset="{data["offset"]}" data-grows="{data["grows"]}">'
        f'<span class="offset-figure" dir="ltr"></span> <span class="offset-words"{named}></span></p>'
    )


def _urgency(fact: Fact, number: int) -> str:
    return ("alarming red" if fact.red else "alarming") if fact.alarms(number) else ""


def _facts(data: Row) -> str:
    facts = list(registry.facts())
    current = data["now"] or data["next"]
    followers = (
        f'<li>{icon("users")}<span data-presence="{current["room"]}">{data["followers"]}</span>'
        f' <span class="visually-hidden">{say(FOLLOW)}</span></li>'
        if current
        else ""
    )
    counted = "".join(
        f'<li class="{_urgency(facts[place], number)}">'
        f'<a href="{_address(facts[place].url)(key)}">{icon(facts[place].icon)}'
        f"<span>{escape(facts[place].words(number))}</span></a></li>"
        for place, key, number in data["facts"]
    )
    away = f" <span>{say(AWAY)}</span>"
    people = "".join(
        f'<li class="{"" if here else "away"}">{icon("user")}<bdi>{escape(name)}</bdi>{"" if here else away}</li>'
        for name, here in data["moderators"][:3]
    )
    return f'<ul class="row-facts">{followers}{counted}{people}</ul>'


def _warnings(data: Row) -> str:
    lines = "".join(
        f'<li class="level-{level}">{icon("triangle-alert")}<span>{escape(_warning(name, about))}</span></li>'
        for name, level, about in data["warnings"]
    )
    return f'<ul class="row-warnings">{lines}</ul>' if lines else ""


def _warning(name: str, about: list[str]) -> str:
    return str(WARNINGS[name]) % {"names": listed(about)} if name in NAMED else str(WARNINGS[name])


def _offer(data: Row, role: str) -> str:
    """What a ripple would publish, and the way back from the last one."""
    made, parts = data["offer"], []
    if made:
        said = f"<p>{icon('waves-horizontal')}<span>{escape(in_words(made))}</span></p>"
        values = f'{{"sessions": {made["sessions"]}, "minutes": {made["minutes"]}}}'
        button = _button(
            say(_("Publish")), _address("show:ripple")(data["stage"]), values, "button small", title=say(PUBLISHES)
        )
        parts.append(said + (button if role == ORGANISER else ""))
    if data["ripple"] and role == ORGANISER:
        values = f'{{"ripple": {data["ripple"]}}}'
        parts.append(
            _button(
                say(BACK[data["ripple_kind"]]),
                _address("show:take_back")(data["stage"]),
                values,
                "quiet small",
            )
        )
    return f'<div class="row-offer">{"".join(parts)}</div>' if parts else ""


def in_words(made: Any) -> str:
    """An offer in words: "5 sessions will begin up to 12 min later than announced, “Lunch”…"."""
    words = ngettext(
        "%(number)s session will begin %(most)s min later than announced",
        "%(number)s sessions will begin up to %(most)s min later than announced",
        made["sessions"],
    )
    parts = [words % {"number": made["sessions"], "most": made["minutes"]}]
    for title, minutes, kind in made["absorbed"]:
        line = (
            gettext("“%(title)s” absorbs %(minutes)s")
            if kind == "break"
            else gettext("“%(title)s” is cut by %(minutes)s")
        )
        parts.append(line % {"title": title, "minutes": minutes})
    return listed(parts)


def _steps(data: Row, item: Item) -> str:
    """The steps of what is on, else of what comes next, and the way back from the last one."""
    path = _address("show:step")(item["id"])
    buttons = []
    for action in item["steps"]:
        kind = "button small danger" if action == "end" else "button small tonal"
        confirm = say(_("End “%(title)s”?"), title=item["title"]) if action == "end" else ""
        buttons.append(_step(escape(str(STEPS[action])), path, action, item, kind, confirm))
    if item["undo"]:
        label = say(_("Undo “%(step)s”"), step=STEPS.get(item["undo"], item["undo"]))
        buttons.append(_step(label, path, "undo", item, "quiet small"))
    return f'<div class="row-steps">{"".join(buttons)}</div>'


def _step(label: Any, path: str, action: str, item: Item, kind: str, confirm: str = "") -> str:
    values = f'{{"action": "{action}", "expected": "{item["status"]}"}}'
    return _button(label, path, values, kind, confirm)


def _button(label: Any, path: str, values: str, kind: str, confirm: str = "", title: str = "") -> str:
    asks = f' hx-confirm="{confirm}"' if confirm else ""
    says = f' title="{title}"' if title else ""
    return (
        f'<button type="button" class="{kind}" hx-post="{path}" hx-vals="{escape(values)}" hx-swap="keep"{asks}{says}>'
        f"{label}</button>"
    )


def _more(data: Row) -> str:
    """The way to what is done less often; it opens before the rows."""
    path = _address("show:tools")(data["stage"])
    return (
        f'<p class="row-more"><a class="quiet small" href="{path}" hx-get="{path}" hx-target="#reshape"'
        f' hx-swap="innerHTML" aria-describedby="row-name-{data["stage"]}">{say(MORE)}</a></p>'
    )
