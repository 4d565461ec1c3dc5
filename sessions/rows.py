"""Rows of the programme. They are drawn without a template: hundreds stand on a page, and each would cost 0.3 ms."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import clock
from common.languages import listed
from common.prepared import Prepared
from common.registry import registry
from sessions.models import ON_AIR, Session, Status

LABELS = dict(Status.choices)
UNSAID = {Status.SCHEDULED.value}  # every session is, until something happens
COLUMNS = (
    *("pk", "title", "status", "start", "end", "delayed_start", "stage__name", "stage__host_city__name"),
    *("stage__host_city__timezone", "theme__name", "theme__hue", "strand__name", "stage"),
)


class Theme(TypedDict):
    """A theme: `hue` in degrees."""

    name: str
    hue: int


class Row(TypedDict):
    """What a row shows: the part of a card that needs no model. Times are ISO 8601."""

    id: int
    url: str
    title: str
    status: str
    planned: str
    begins: str
    finishes: str
    ends: str  # when what is on air will really end, where it is not `finishes`
    delayed: bool
    stage: str
    city: str
    timezone: str
    theme: Theme | None
    strand: str
    speakers: list[Any]


def rows_of(pks: Iterable[int]) -> list[Row]:
    """The rows of these sessions, in the order of `pks`: two queries however many, and those of what is on air."""
    pks = list(pks)
    names: dict[int, list[Any]] = {pk: [] for pk in pks}
    for pk, name in _SPEAKERS.ask(pks):
        names[pk].append({"name": name})
    address = reverse("sessions:session", args=[0])
    found = _ROWS.ask(pks)
    rows = {values[0]: _row(values, address.replace("0", str(values[0])), names[values[0]]) for values in found}
    _set_ends({values[0]: values[-1] for values in found if values[2] in ON_AIR}, rows)
    return [rows[pk] for pk in pks if pk in rows]


_ROWS: Prepared[tuple[Any, ...]] = Prepared(
    lambda pks: Session.objects.filter(pk__in=pks).order_by().values_list(*COLUMNS)
)
_SPEAKERS: Prepared[tuple[int, str]] = Prepared(
    lambda pks: (
        Session.speakers.through.objects.filter(session__in=pks)
        .order_by("speaker__name", "speaker")
        .values_list("session", "speaker__name")
    )
)


def _set_ends(stages: Mapping[int, int], rows: Mapping[int, Row]) -> None:
    """What is on air (session id -> id of its stage) says when it will really end."""
    for pk, end in registry.ends(set(stages.values())).items():
        if pk in stages:
            rows[pk]["ends"] = end.isoformat()


def _row(values: tuple[Any, ...], url: str, speakers: list[Any]) -> Row:
    pk, title, status, start, end, delayed_start, stage, city, zone, theme, hue, strand, _stage = values
    begins = delayed_start or start
    return {
        "id": pk,
        "url": url,
        "title": title,
        "status": status,
        "planned": start.isoformat(),
        "begins": begins.isoformat(),
        "finishes": (end + (begins - start)).isoformat(),
        "ends": "",
        "delayed": delayed_start is not None,
        "stage": stage,
        "city": city,
        "timezone": zone,
        "theme": {"name": theme, "hue": hue} if theme else None,
        "strand": strand or "",
        "speakers": speakers,
    }


def draw(row: Row, zone: str = "") -> SafeString:
    """The row as a list item. Its times are those of `zone`; without one its city's, and the viewer's beside them.

    It is drawn once: kept by all that it shows, and by whether its end has gone by.
    """
    return _drawn(json.dumps(row), zone, _over(row), get_language())


@lru_cache(maxsize=5000)
def _drawn(written: str, zone: str, over: bool, language: str | None) -> SafeString:
    row: Row = json.loads(written)
    here = zone or row["timezone"]
    return mark_safe(  # noqa: S308 - each text is escaped where it is put in
        f'<li class="item item-{row["status"]}" id="item-{row["id"]}">'
        f'<p class="item-time">{_times(row, here)}{"" if zone else _yours(row)}</p>'
        f'<div class="item-body"><h3><a href="{row["url"]}" dir="auto">{escape(row["title"])}</a></h3>'
        f'{_people(row)}<p class="item-meta">{_status(row, over)}{_place(row, here)}{_kind(row)}</p></div>'
        f"{card_ends(row)}</li>"
    )


def card_ends(item: Any) -> SafeString:
    """What the features put at the end of a session's card."""
    return mark_safe("".join(card(item) for card in registry.cards))  # noqa: S308


def _times(row: Row, zone: str) -> str:
    planned = f'<s data-at="{row["planned"]}">{at(row["planned"], zone)}</s>' if row["delayed"] else ""
    finishes = f'data-at="{row["finishes"]}">{at(row["finishes"], zone)}'
    ends = row.get("ends")  # a card of an older event has none
    until = (
        f'<s {finishes}</s> <span class="new-end" data-at="{ends}">{at(ends, zone)}</span>'
        if ends
        else f"<span {finishes}</span>"
    )
    return (
        f'{planned}<time datetime="{row["begins"]}" data-at>{at(row["begins"], zone)}</time>'
        f'<span class="item-end">– {until}</span>'
    )


def _yours(row: Row) -> str:
    label = escape(_("your time"))
    return (
        f'<span class="yours" data-local="{row["begins"]}" data-zone="{escape(row["timezone"])}"'
        f' data-label="{label}"></span>'
    )


def _people(row: Row) -> str:
    names = listed(f"<bdi>{escape(speaker['name'])}</bdi>" for speaker in row["speakers"])
    return f'<p class="item-people">{names}</p>' if names else ""


def _over(row: Row) -> bool:
    return datetime.fromisoformat(row["finishes"]) < clock.now()


def _status(row: Row, over: bool) -> str:
    """The state, where there is something to say."""
    status = row["status"]
    if status in UNSAID:
        if not over:
            return ""
        past = escape(_("Past"))
        return f'<span class="status status-scheduled">{past}</span>'
    dot = '<span class="dot" aria-hidden="true"></span>' if status == Status.LIVE else ""
    overrun = ""
    if status in ON_AIR:
        hidden = "" if over else " hidden"
        label = escape(_("overrunning"))
        overrun = f'<span class="overrun" data-overrun="{row["finishes"]}"{hidden}>· {label}</span>'
    return f'<span class="status status-{status}">{dot}{escape(str(LABELS.get(status, status)))}{overrun}</span>'


def _place(row: Row, zone: str) -> str:
    """City and stage; with the city's own time where the page goes by another clock."""
    there = f" {at(row['begins'], row['timezone'])}" if row["timezone"] != zone else ""
    return (
        f'<span class="item-place"><bdi>{escape(row["city"])}</bdi>{there} · <bdi>{escape(row["stage"])}</bdi></span>'
    )


def _kind(row: Row) -> str:
    theme, strand = row["theme"], row["strand"]
    drawn = f'<span class="theme hue-{hue_step(theme["hue"])}">{escape(theme["name"])}</span>' if theme else ""
    return drawn + (f'<span class="strand" dir="auto">{escape(strand)}</span>' if strand else "")


def at(moment: str, zone: str) -> str:
    """A moment, ISO 8601, as HH:MM on the clocks of a time zone."""
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return f"{local.hour:02}:{local.minute:02}"


def hue_step(hue: int) -> int:
    """The nearest hue that the style sheet has a class for (styles are never inline)."""
    return round(hue / 15) * 15 % 360
