"""Template helpers for times and texts of the programme."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import nh3
from django import template
from django.http import QueryDict
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from common import clock, marks
from common.languages import listed
from common.names import initials
from common.templatetags.drawn import draw
from sessions import rows
from sessions.data import CityOnAir
from sessions.models import Status

register = template.Library()
register.filter(initials)
LABELS = dict(Status.choices)
SCROLLED = {tag: {"tabindex": "0"} for tag in ("pre", "table")}  # they scroll inside themselves, by keys as well


@register.filter
def at(moment: str | datetime, zone: str) -> str:
    """A moment as HH:MM on the clocks of a time zone."""
    return _moment(moment).astimezone(ZoneInfo(zone)).strftime("%H:%M")


@register.filter
def day_at(moment: str | datetime, zone: str) -> datetime:
    """A moment as local time of a zone, for the date filter."""
    return _moment(moment).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@register.filter
def day(text: str) -> date:
    """A day that is written as ISO 8601, for the filter `date`."""
    return date.fromisoformat(text)


@register.filter
def new_start(item: dict[str, Any]) -> str:
    """When a delayed session of that card begins in its city: HH:MM, with the day when it is another than planned."""
    begins, planned = (day_at(item[name], item["timezone"]) for name in ("begins", "planned"))
    return date_format(begins, "H:i" if begins.date() == planned.date() else "D j M, H:i")


@register.filter
def asked(query: str) -> QueryDict:
    """What a query string asks for, for the tag `querystring`."""
    return QueryDict(query)


@register.filter
def past(moment: str | datetime) -> bool:
    """Whether a moment has gone by."""
    return _moment(moment) < clock.now()


@register.filter
def status_label(status: str) -> str:
    """The translated name of a status."""
    return str(LABELS.get(status, status))


@register.filter
def state_label(card: Mapping[str, Any]) -> str:
    """The translated name of a card's status; one that nobody started in its time is past."""
    if card["status"] == Status.SCHEDULED and past(card["finishes"]):
        return _("Past")
    return status_label(card["status"])


@register.filter
def clean_html(text: str) -> SafeString:
    """User HTML, sanitised."""
    cleaned = nh3.clean(text, link_rel="noopener noreferrer nofollow", set_tag_attribute_values=SCROLLED)
    return mark_safe(cleaned)  # noqa: S308


@register.filter
def marked(text: str) -> SafeString:
    """A text with simple marks, or HTML, sanitised."""
    return clean_html(marks.to_html(text))


@register.filter
def language_names(codes: list[str]) -> str:
    """The names of languages, each in itself; a code that is not known stays."""
    return listed(_language_name(code) for code in codes)


def _language_name(code: str) -> str:
    for known in (code, f"{code}-hans"):  # Chinese has names by its scripts only
        with suppress(KeyError):
            return str(get_language_info(known)["name_local"])
    return code


@register.filter
def lookup(mapping: dict[str, int] | None, key: str) -> int:
    """mapping[key], or 0."""
    return (mapping or {}).get(key, 0)


@register.simple_tag
def city_now(zone: str) -> str:
    """The time in a zone, HH:MM."""
    return at(clock.now(), zone)


@register.simple_tag(takes_context=True)
def host_city(context: Context, city: CityOnAir) -> SafeString:
    """A host city in the strip of every page: its time, what is on air there and what comes next."""
    zone, now = city["timezone"], clock.now()
    first = next(iter(city["sessions"]), None)
    values = {
        "now": at(now, zone),
        "begins": _begins(city["next"]["begins"], zone, now) if city["next"] else "",
        "followers": lookup(context.get("followers"), first["room"]) if first else 0,
    }
    return draw("sessions/_city.html", city, values, {})


def _begins(moment: str, zone: str, now: datetime) -> str:
    """On the clocks of a zone: HH:MM, with the weekday when it is not today."""
    begins = day_at(moment, zone)
    return date_format(begins, "H:i" if begins.date() == day_at(now, zone).date() else "D H:i")


@register.simple_tag
def row(item: rows.Row, zone: str = "") -> SafeString:
    """A row of the programme, its times on the clock of `zone`; without one on its city's."""
    return rows.draw(item, zone)


@register.simple_tag
def rows_of(items: Iterable[rows.Row], zone: str) -> SafeString:
    """As `row`, of each of them."""
    return mark_safe("".join(rows.draw(item, zone) for item in items))  # noqa: S308


@register.simple_tag
def card_ends(item: Mapping[str, Any]) -> SafeString:
    """What the features put at the end of a session's card."""
    return rows.card_ends(item)


def _moment(moment: str | datetime) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment
