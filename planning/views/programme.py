"""The programme as it will be: a grid of stages and hours or a list, a day at a time; and its checks."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from common import clock
from common.numbers import number_in
from people.request import Request
from planning import bulk, checks, drafting
from planning.forms.bulk import BulkForm
from planning.forms.release import DuplicateForm
from planning.views.guard import frame, guard
from planning.working import Item, cities_of, days_of, drafts_of, items_of, known_stages
from registration.forms.fields import attempt
from sessions.guard import checked
from sessions.models import Edition, Stage

AT_ONCE = 12  # stages: more are no grid that anybody looks through, and cost a second's tenth
MOST_WARNINGS = 200
FIRST_HOUR, LAST_HOUR = 9, 18  # of a day on which nothing is
FEWEST_HOURS = 8  # a day with one session has room for a second


@never_cache
@guard.page("planning.edit")
def programme(request: Request, edition: Edition) -> HttpResponse:
    """A day of the programme as it will be, some stages at a time."""
    return _programme(request, edition)


def _programme(
    request: Request, edition: Edition, form: BulkForm | None = None, chosen: Collection[str] = (), status: int = 200
) -> HttpResponse:
    drafts = drafts_of(edition)
    days = days_of(edition, drafts)
    day = _chosen(request.GET.get("day", ""), days, edition)
    city = number_in(request.GET.get("city", ""))
    every = [stage for stage in known_stages(edition) if city in (None, stage.host_city_id)]
    portion, stages = _portion(every, request.GET.get("stages", ""))
    items = items_of(edition, day, stages={stage.pk for stage in stages}, speakers=False, drafts=drafts)
    as_list = form is not None or request.GET.get("view") == "list"
    context = {
        **frame(request, edition, "programme", len(drafts)),
        "days": days,
        "day": day,
        "as_list": as_list,
        "city": city,
        "cities_held": cities_of(edition),
        "stages": stages,
        "portion": portion,
        "portions": _portions(every),
        "hours": [] if as_list else _grid(items, stages, day),
        "by_stage": _by_stage(items) if as_list else [],
        "bulk": (form or BulkForm(edition)) if as_list else None,
        "chosen": chosen,
        "changed": number_in(request.GET.get("changed", "")) if request.method == "GET" else None,
        "duplicate": DuplicateForm(initial={"source": day}),
    }
    return render(request, "planning/programme.html", context, status=status)


def _portions(stages: Sequence[Stage]) -> list[tuple[int, str, str]]:
    """The portions of the stages: number, and the names of the first and the last."""
    parts = [stages[at : at + AT_ONCE] for at in range(0, len(stages), AT_ONCE)]
    return [(number, part[0].name, part[-1].name) for number, part in enumerate(parts, 1)]


def _portion(stages: list[Stage], asked: str) -> tuple[int, list[Stage]]:
    """The portion that is asked for, else the first."""
    number = number_in(asked) or 1
    part = stages[(number - 1) * AT_ONCE : number * AT_ONCE]
    return (number, part) if part else (1, stages[:AT_ONCE])


@never_cache
@guard.write("planning.edit")
def change(request: Request, edition: Edition) -> HttpResponse:
    """Change the sessions "of" (key:what was seen) together."""
    chosen = dict(value.partition(":")[::2] for value in request.POST.getlist("of"))
    with transaction.atomic():
        locked = Edition.locked(edition.pk)
        form = BulkForm(locked, request.POST)

        def apply(_data: dict[str, Any]) -> None:
            with transaction.atomic():
                bulk.apply(locked, chosen, form.change(), request.user)

        status = attempt(form, apply)
    if status:
        return _programme(request, edition, form, chosen, status)
    query = request.GET.copy()
    query["changed"] = str(len(chosen))
    return redirect(f"{reverse('planning:programme', args=[edition.slug])}?{query.urlencode()}")


def _chosen(text: str, days: list[date], edition: Edition) -> date:
    """The day asked for if there is one, else today, else the first."""
    today = clock.now().astimezone(edition.host_city.zone).date().isoformat()
    by_text = {day.isoformat(): day for day in days}
    return by_text.get(text) or by_text.get(today) or days[0]


def _by_stage(items: Iterable[Item]) -> list[tuple[Stage | None, list[Item]]]:
    def position(item: Item) -> tuple[int, int]:
        return (item.stage.position, item.stage.pk) if item.stage else (0, 0)

    grouped = groupby(sorted(items, key=position), key=lambda item: item.stage)
    return [(stage, list(group)) for stage, group in grouped]


def _grid(items: Iterable[Item], stages: list[Stage], day: date) -> list[dict[str, Any]]:
    """The hours of the day as plain data, each with a cell for each stage: its sessions, and where a new one begins."""
    cells: dict[tuple[int, int], list[Item]] = {}
    for item in items:
        cells.setdefault((item.local.hour, item.values["stage"]), []).append(item)
    shown = [item for each in cells.values() for item in each]
    return [
        {
            "hour": f"{hour:02}:00",
            "cells": [
                {
                    "stage": stage.pk,
                    "shown": [item.shown for item in cells.get((hour, stage.pk), [])],
                    "add": _add(stage, day, hour),
                }
                for stage in stages
            ],
        }
        for hour in _hours(shown)
    ]


def _hours(items: Collection[Item]) -> range:
    """The hours of a grid: from one before the first session of what it shows until after the last."""
    if not items:
        return range(FIRST_HOUR, LAST_HOUR + 1)
    begins, ends = min(item.local for item in items), max(item.until for item in items)
    first = max(0, begins.hour - 1)
    last = 23 if ends.date() > begins.date() else ends.hour + (ends.minute > 0)
    return range(first, min(23, max(last, first + FEWEST_HOURS - 1)) + 1)


def _add(stage: Stage, day: date, hour: int) -> dict[str, str]:
    """What the link to a new session there shows."""
    text = f"{hour:02}:00"
    return {"stage": stage.name, "hour": text, "query": f"stage={stage.pk}&day={day.isoformat()}&hour={text}"}


@never_cache
@guard.write("planning.edit")
def duplicate(request: Request, edition: Edition) -> HttpResponse:
    """Copy a day to another."""
    data = checked(DuplicateForm(request.POST)).cleaned_data
    drafting.duplicate_day(edition, data["source"], data["target"], request.user)
    page = reverse("planning:programme", args=[edition.slug])
    return redirect(f"{page}?day={data['target'].isoformat()}")


@never_cache
@guard.page("planning.edit")
def warnings(request: Request, edition: Edition) -> HttpResponse:
    """What may be wrong, and where it is mended."""
    found = checks.warnings(edition, items_of(edition))
    rows = [{"warning": each, "mend": checks.mend(edition, each)} for each in found[:MOST_WARNINGS]]
    context = {**frame(request, edition, "checks"), "rows": rows, "count": len(found), "shown": len(rows)}
    return render(request, "planning/checks.html", context)
