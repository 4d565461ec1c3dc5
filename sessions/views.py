"""Pages of the programme."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from live.models import Presence, Room
from people.models import Pass
from people.permissions import can
from people.request import Request
from sessions import events, status
from sessions.forms import ProgrammeFilter, StatusForm
from sessions.guard import Guard, checked, see
from sessions.models import Edition, Session, Speaker
from sessions.rooms import role_for

WHO = {"session.direct": _("Only moderators and organisers of this session change its status.")}
guard = Guard("session.view", WHO)
WITH_DETAILS = ("delay", "move", "cancel")  # steps that ask for something first


@require_GET
def home(request: Request) -> HttpResponse:
    """The current edition's programme."""
    edition = Edition.current()
    if edition is None:
        return render(request, "congress/no_edition.html")
    return redirect(edition)


@require_GET
def programme(request: Request, slug: str) -> HttpResponse:
    """An edition's sessions of one day, filtered; htmx gets the list only."""
    edition = get_object_or_404(Edition.objects.select_related("host_city"), slug=slug)
    see(request, "edition.view", edition)
    request.edition = edition
    request.live_rooms = Room.heads([edition.room_key])
    narrowed = ProgrammeFilter(edition, request.GET)
    sessions = narrowed.apply(edition.sessions.visible_to(request.user))
    days = _days(sessions)
    day = _chosen_day(request.GET.get("day", ""), list(days), edition)
    found = Session.objects.filter(pk__in=days.get(day, [])).for_display() if day else []
    context = {
        "filter": narrowed,
        "filtered": any(request.GET.get(name) for name in narrowed.fields),
        "days": {each: len(pks) for each, pks in days.items()},
        "day": day,
        "items": [events.card(session) for session in found],
    }
    part = "#list" if request.htmx and not request.htmx.history_restore_request else ""
    response = render(request, f"congress/programme.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])  # the same address answers with the page or the list
    return response


def _days(sessions: "QuerySet[Session]") -> dict[date, list[int]]:
    """Day in the host city -> ids of its sessions, the days in order."""
    days: dict[date, list[int]] = {}
    for pk, start, zone in sessions.order_by("start").values_list("pk", "start", "stage__host_city__timezone"):
        days.setdefault(start.astimezone(ZoneInfo(zone)).date(), []).append(pk)
    return dict(sorted(days.items()))


def _chosen_day(asked: str, days: Iterable[date], edition: Edition) -> date | None:
    """The day asked for if there is one, else today, else the next day, else the last."""
    days = list(days)
    try:
        wanted = date.fromisoformat(asked)
    except ValueError:
        wanted = timezone.now().astimezone(edition.host_city.zone).date()
    if wanted in days:
        return wanted
    return next((day for day in days if day >= wanted), days[-1] if days else None)


@require_GET
def session(request: Request, pk: int) -> HttpResponse:
    """The session page: stream, status and the panels beside it."""
    found = get_object_or_404(Session.objects.for_display(), pk=pk)
    see(request, "session.view", found)
    request.edition = found.edition
    request.live_rooms = Room.heads([found.room_key, found.edition.room_key])
    found.refresh_from_db(fields=["status", "status_reason", "delayed_start", "stage"])
    context = {
        "session": found,
        "item": events.detail(found),
        "following": Presence.counts([found.room_key]).get(found.room_key, 0),
        "role": role_for(request.user, found),
        "can_direct": can(request.user, "session.direct", found),
        "passes": [label for value, label in Pass.choices if value in found.visible_passes],
        **_console(found),
    }
    return render(request, "congress/session.html", context)


def _console(found: Session) -> dict[str, Any]:
    """What the moderator's console shows."""
    actions = status.allowed(found.status)
    change = status.last_change(found)
    return {
        "steps": [(action, status.LABELS[action]) for action in actions if action not in WITH_DETAILS],
        "details": [(action, status.LABELS[action]) for action in actions if action in WITH_DETAILS],
        "last_change": change,
        "last_label": status.LABELS[change.action] if change else "",
        "stages": found.edition.stages.select_related("host_city").exclude(pk=found.stage_id),
    }


@require_GET
def direct(request: Request, pk: int) -> HttpResponse:
    """The moderator's console alone: it asks for itself again when the status has changed."""
    found = get_object_or_404(Session.objects.for_display(), pk=pk)
    if not can(request.user, "session.direct", found):
        raise Http404
    return render(
        request, "congress/_console.html", {"session": found, "item": events.detail(found), **_console(found)}
    )


@require_POST
def change_status(request: Request, pk: int) -> HttpResponse:
    """Take or undo a status step."""
    found = get_object_or_404(Session.objects.for_display(), pk=pk)
    guard.ask(request, "session.direct", found)
    found = _take(checked(StatusForm(found, request.POST)).cleaned_data, found, request)
    if not request.htmx:
        return redirect(found)
    return render(
        request, "congress/_console.html", {"session": found, "item": events.detail(found), **_console(found)}
    )


def _take(data: dict[str, Any], found: Session, request: Request) -> Session:
    expected: str = data["expected"]
    if data["action"] == "undo":
        return status.undo(found.pk, request.user, expected=expected)
    new_start: datetime | None = data["new_start"]
    return status.step(
        found.pk,
        data["action"],
        request.user,
        expected=expected,
        new_start=new_start,
        reason=data["reason"],
        stage=data["stage"],
    )


@require_GET
def mine(request: Request) -> HttpResponse:
    """The sessions in which one speaks, which one moderates, or to which one is invited."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = Session.objects.of(request.user).visible_to(request.user).for_display()
    return render(request, "congress/mine.html", {"days": _by_day(found)})


def _by_day(sessions: Iterable[Session]) -> dict[date, list[dict[str, Any]]]:
    """Day in the host city -> cards of its sessions, the days in order."""
    days: dict[date, list[dict[str, Any]]] = {}
    for one in sessions:
        days.setdefault(one.local_date, []).append(events.card(one))
    return dict(sorted(days.items()))


@require_GET
def speaker(request: Request, pk: int) -> HttpResponse:
    """A speaker and the sessions they speak in."""
    found = get_object_or_404(Speaker.objects.select_related("edition__host_city"), pk=pk)
    shown = found.sessions.visible_to(request.user).for_display()
    if not shown and found.sessions.exists():  # known only from what one may not see
        raise Http404
    see(request, "speaker.view", found)
    request.edition = found.edition
    request.live_rooms = Room.heads([found.edition.room_key])
    return render(request, "congress/speaker.html", {"speaker": found, "days": _by_day(shown)})
