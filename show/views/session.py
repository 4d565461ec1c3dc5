"""The speaker's page, the stage screen, and the page from which the screen is run."""

from functools import lru_cache

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.qr import qr_code
from common.shared import shared_at_once
from live.models import Room
from people.permissions import can
from people.request import Request
from sessions.guard import Guard, checked
from sessions.models import Session
from sessions.rooms import role_for
from show import address, running
from show.data import clock_data, hall_code, modes, screen_data
from show.forms import ModeForm, ThresholdsForm
from show.models import Show

guard = Guard("session.view")
_public_code = lru_cache(maxsize=500)(qr_code)  # drawing one takes milliseconds


@guard.page("show.present", follow=True)
def speaker(request: Request, session: Session) -> HttpResponse:
    """The speaker's page: the clock, and what each app has for who speaks."""
    context = {"session": session, "clock": clock_data(session), "role": role_for(request.user, session)}
    return render(request, "show/speaker.html", context)


@guard.page("show.present")
def desk(request: Request, session: Session) -> HttpResponse:
    """The stage screen's address, and what it shows."""
    return render(request, "show/desk.html", _desk(request, session))


def _desk(request: Request, session: Session) -> dict[str, object]:
    show = Show.of(session)
    return {
        "session": session,
        "show": show,
        "address": request.build_absolute_uri(address.path(show)),
        "modes": [(name, mode.label) for name, mode in modes().items()],
        "form": ThresholdsForm(instance=show),
        "can_direct": can(request.user, "show.direct", session),
    }


@guard.write("show.direct")
def choose(request: Request, session: Session) -> HttpResponse:
    """Choose what the screen shows: mode=<name>, or empty to follow what happens."""
    running.configure(session, checked(ModeForm(request.POST)).cleaned_data, request.user)
    return _desk_again(request, session)


@guard.write("show.direct")
def configure(request: Request, session: Session) -> HttpResponse:
    """When the speakers' clock turns amber and red, in minutes before the end."""
    with transaction.atomic():
        form = checked(ThresholdsForm(request.POST, instance=Show.locked(session)))
        running.configure(session, form.cleaned_data, request.user)
    return _desk_again(request, session)


@guard.write("show.direct")
def revoke(request: Request, session: Session) -> HttpResponse:
    """End the screen's address."""
    running.revoke(session, request.user)
    return _desk_again(request, session)


def _desk_again(request: Request, session: Session) -> HttpResponse:
    if request.htmx:
        return render(request, "show/_desk.html", _desk(request, session))
    return redirect("show:desk", session.pk)


@shared_at_once
@require_safe
def screen(request: HttpRequest, signed: str) -> HttpResponse:
    """The stage screen, for whoever has its address: for a projector or OBS, without controls."""
    session = address.session_of(signed)
    if session is None:
        raise Http404
    request.edition = session.edition  # type: ignore[attr-defined]
    request.live_rooms = Room.heads([f"screen:{signed}"])  # type: ignore[attr-defined]
    hall = hall_code(session)
    path = reverse("registration:hall", args=[hall["code"]]) if hall["code"] else session.get_absolute_url()
    context = {
        "session": session,
        "screen": screen_data(session),
        "hall": hall,
        "short": request.get_host() + (reverse("registration:find") if hall["code"] else path),
        "code": _public_code(request.build_absolute_uri(path)),
        "transparent": request.GET.get("background") == "transparent",
    }
    return render(request, "show/screen.html", context)
