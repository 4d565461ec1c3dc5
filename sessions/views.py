"""Pages of the programme."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from common import clock
from common.shared import shared
from live.models import Presence, Room
from people.guard import signed_in
from people.models import Pass
from people.permissions import can
from people.request import Request
from sessions import status
from sessions.data import SessionCard, session_card, session_detail
from sessions.forms import ProgrammeFilter, StatusForm
from sessions.guard import Guard, checked
from sessions.models import Edition, Session, Speaker
from sessions.rooms import role_for


def _session(pk: int) -> Session:
    """The session with all that its page shows, or 404."""
    return get_object_or_404(Session.objects.for_display(), pk=pk)


def _speaker(pk: int) -> Speaker:
    return get_object_or_404(Speaker.objects.select_related("edition__host_city"), pk=pk)


guard = Guard("session.view", _session)
WITH_DETAILS = ("delay", "move", "cancel")  # steps that ask for something first


@require_safe
def home(request: Request) -> HttpResponse:
    """The current edition's programme."""
    edition = Edition.current()
    if edition is None:
        return render(request, "sessions/no_edition.html")
    return redirect(edition)


@shared
@Guard("edition.view").page(follow=True)
def programme(request: Request, edition: Edition) -> HttpResponse:
    """An edition's sessions of one day, filtered; htmx gets the list only."""
    narrowed = ProgrammeFilter(edition, request.GET)
    sessions = narrowed.apply(edition.sessions.visible_to(request.user))
    days = _days(sessions)
    day = _chosen_day(request.GET.get("day", ""), list(days), edition)
    found: Iterable[Session] = Session.objects.filter(pk__in=days.get(day, [])).for_display() if day else []
    context = {
        "filter": narrowed,
        "filtered": any(request.GET.get(name) for name in narrowed.fields),
        "days": {each: len(pks) for each, pks in days.items()},
        "day": day,
        "items": [session_card(session) for session in found],
    }
    part = "#list" if request.htmx and not request.htmx.history_restore_request else ""
    response = render(request, f"sessions/programme.html{part}", context)
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
        wanted = clock.now().astimezone(edition.host_city.zone).date()
    if wanted in days:
        return wanted
    return next((day for day in days if day >= wanted), days[-1] if days else None)


@shared
@guard.page(follow=True)
def session(request: Request, found: Session) -> HttpResponse:
    """The session page: stream, status and the panels beside it."""
    found.refresh_from_db(fields=["status", "status_reason", "delayed_start", "stage"])
    context = {
        "session": found,
        "item": session_detail(found),
        "following": Presence.counts([found.room_key]).get(found.room_key, 0),
        "role": role_for(request.user, found),
        "can_direct": can(request.user, "session.direct", found),
        "passes": [label for value, label in Pass.choices if value in found.visible_passes],
        **_console(found),
    }
    return render(request, "sessions/session.html", context)


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


@guard.page("session.direct")
def direct(request: Request, found: Session) -> HttpResponse:
    """The moderator's console alone: it asks for itself again when the status has changed."""
    return render(
        request, "sessions/_console.html", {"session": found, "item": session_detail(found), **_console(found)}
    )


@guard.write("session.direct")
def change_status(request: Request, found: Session) -> HttpResponse:
    """Take or undo a status step."""
    found = _take(checked(StatusForm(found, request.POST)).cleaned_data, found, request)
    if not request.htmx:
        return redirect(found)
    return render(
        request, "sessions/_console.html", {"session": found, "item": session_detail(found), **_console(found)}
    )


def _take(data: dict[str, Any], found: Session, request: Request) -> Session:
    expected: str | None = data["expected"] or None
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


@signed_in("GET", "HEAD")
def mine(request: Request) -> HttpResponse:
    """The sessions in which one speaks, which one moderates, or to which one is invited."""
    found = Session.objects.of(request.user).visible_to(request.user).for_display()
    return render(request, "sessions/mine.html", {"days": _by_day(found)})


def _by_day(sessions: Iterable[Session]) -> dict[date, list[SessionCard]]:
    """Day in the host city -> cards of its sessions, the days in order."""
    days: dict[date, list[SessionCard]] = {}
    for one in sessions:
        days.setdefault(one.local_date, []).append(session_card(one))
    return dict(sorted(days.items()))


def _is_known(user: Any, speaker: Speaker) -> bool:
    """Whether a speaker is listed in anything that the user may see, or in nothing yet."""
    return speaker.sessions.visible_to(user).exists() or not speaker.sessions.exists()


@shared
@Guard("speaker.view", _speaker, _is_known).page()
def speaker(request: Request, found: Speaker) -> HttpResponse:
    """A speaker and the sessions they speak in."""
    shown = found.sessions.visible_to(request.user).for_display()
    request.live_rooms = Room.heads([found.edition.room_key])
    return render(request, "sessions/speaker.html", {"speaker": found, "days": _by_day(shown)})
