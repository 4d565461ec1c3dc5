"""Pages of the agenda."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from agenda.data import by_day, items_of, recommended
from agenda.models import FollowedTheme, Saved
from agenda.writes import SAVE
from live.models import Room
from people.guard import signed_in
from people.permissions import can
from people.request import Request
from sessions.guard import edition_of
from sessions.models import Edition, Theme


@signed_in("GET", "HEAD")
def mine(request: Request) -> HttpResponse:
    """The agenda of the current edition."""
    edition = Edition.current()
    return redirect("agenda:agenda", edition.slug) if edition else redirect("/")


@signed_in("GET", "HEAD")
def agenda(request: Request, slug: str) -> HttpResponse:
    """One's own sessions of an edition, by the time they will really begin; for htmx the list only."""
    edition = edition_of(slug)
    if not can(request.user, "edition.view", edition):
        return redirect(edition)  # which says why
    request.edition, request.live_rooms = edition, Room.heads([edition.room_key])
    zone = request.user.timezone or _of_device(request) or edition.timezone
    items = items_of(request.user, edition)
    followed = set(FollowedTheme.objects.filter(participant=request.user).values_list("theme", flat=True))
    context = {
        "zone": zone,
        "days": by_day(items, ZoneInfo(zone)),
        "themes": [(theme, theme.pk in followed) for theme in Theme.objects.filter(edition=edition)],
        "recommended": recommended(request.user, edition, items) if followed else [],
    }
    return render(request, f"agenda/agenda.html{'#list' if request.htmx else ''}", context)


def _of_device(request: Request) -> str:
    """The zone in which the browser says it is ("?zone="); "" for none that we know."""
    try:
        return ZoneInfo(request.GET["zone"]).key
    except (KeyError, ValueError, OSError):  # not there; no such zone; no name of a file
        return ""


@require_POST
def save(request: Request, session_pk: int) -> HttpResponse:
    """Save a session, or take it out; a form that says neither turns it over."""
    on = {"1": True, "0": False}.get(request.POST.get("on", ""))
    if on is None and request.user.is_authenticated:
        on = not Saved.objects.filter(participant=request.user, session=session_pk).exists()
    attempt = SAVE.by_http(request, {"session": session_pk, "on": on})
    return HttpResponse(status=204) if request.htmx else _back(request, attempt.thing.get_absolute_url())


def _back(request: Request, otherwise: str) -> HttpResponse:
    path = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(path, None)
    return HttpResponseRedirect(path if ours and path.startswith("/") else otherwise)


@signed_in("POST", limit="agenda.save")
def follow(request: Request, theme_pk: int) -> HttpResponse:
    """Follow a theme, or no longer."""
    theme = get_object_or_404(Theme.objects.select_related("edition"), pk=theme_pk)
    values: dict[str, Any] = {"participant": request.user, "theme": theme}
    if request.POST.get("on") == "1":
        FollowedTheme.objects.get_or_create(**values)
    else:
        FollowedTheme.objects.filter(**values).delete()
    return _back(request, f"{reverse('agenda:agenda', args=[theme.edition.slug])}#recommended")
