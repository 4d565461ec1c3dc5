"""What a notice says."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notices.models import Kind
from sessions.models import Stage
from sessions.templatetags.programme import at, day_at

Stages = Mapping[int, Stage]


def stages_of(pairs: Any) -> Stages:
    """The stages that places (before, after) name, with their cities."""
    ids = {place["stage"] for pair in pairs for place in pair if place}
    return Stage.objects.select_related("host_city").in_bulk(ids)


def sentence(kind: str, before: Mapping[str, Any], after: Mapping[str, Any], stages: Stages, reason: str = "") -> str:
    """What happened to a session, in a sentence without its title; times on its city's clock."""
    if kind == Kind.CANCELLED:
        return _("is cancelled. %(reason)s") % {"reason": reason} if reason else _("is cancelled.")
    if kind == Kind.WORDS:
        return _("has other words or speakers.")
    if kind == Kind.REMINDER:
        return _("begins at %(when)s (%(city)s).") % {"when": when(after, stages, after), "city": _city(after, stages)}
    if kind == Kind.AGAIN:
        return _("takes place at %(when)s (%(city)s), as announced before.") % {
            "when": when(after, stages, after),
            "city": _city(after, stages),
        }
    if before["begins"] == after["begins"]:
        return _("is now at %(where)s.") % {"where": _where(after, stages)}
    words = _("now begins at %(after)s instead of %(before)s (%(city)s).")
    if before["stage"] != after["stage"]:
        words = _("now begins at %(after)s instead of %(before)s, at %(where)s.")
    values = {"after": when(after, stages, before), "before": when(before, stages, after)}
    return words % {**values, "where": _where(after, stages), "city": _city(after, stages)}


def when(place: Mapping[str, Any], stages: Stages, other: Mapping[str, Any]) -> str:
    """The start on the clock of the stage's city; with the day where it is another than the other place's."""
    zone = zone_of(place, stages)
    local, compared = day_at(place["begins"], zone), day_at(other["begins"], zone_of(other, stages))
    return at(place["begins"], zone) if local.date() == compared.date() else date_format(local, "D j M, H:i")


def zone_of(place: Mapping[str, Any], stages: Stages) -> str:
    """The time zone of a place."""
    stage = stages.get(place["stage"])
    return stage.host_city.timezone if stage else "UTC"


def _city(place: Mapping[str, Any], stages: Stages) -> str:
    stage = stages.get(place["stage"])
    return stage.host_city.name if stage else ""


def _where(place: Mapping[str, Any], stages: Stages) -> str:
    stage = stages.get(place["stage"])
    return f"{stage.name}, {stage.host_city.name}" if stage else ""
