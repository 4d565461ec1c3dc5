"""Joining in the hall: scan or type the code, type a name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import limits
from people.address import client_address
from people.models import EventCode, Participant
from people.refusal import Refused
from people.request import Request
from people.views.entering import BACKEND
from registration import device
from registration import hall as halls
from registration.forms.fields import attempt
from registration.forms.sessions import GuestForm
from sessions.models import Session


def _limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A hall has one address: wrong codes count by device, and by address only for devices without an id."""

    @wraps(view)
    @never_cache
    def limited(request: Request, **arguments: Any) -> HttpResponse:
        limits.count_try(*_who(request))
        response = view(request, **arguments)
        device.name_device(request, response)
        return response

    return limited


def _who(request: Request) -> tuple[str, str]:
    """The limit that holds for a request, and whom it counts: nobody behind the same address locks a device out."""
    known = device.device_of(request)
    return ("hall.device", known) if known else ("hall.address", client_address(request))


def _opened(request: Request, typed: str) -> tuple[EventCode, Session] | HttpResponse:
    """What the code opens, or the page that says why not."""
    try:
        return halls.find(typed, request.user)
    except halls.NotYet as refusal:
        return render(request, "registration/hall.html", {"told": str(refusal)}, status=refusal.status)
    except Refused as refusal:
        limits.count_wrong(*_who(request))
        return render(request, "registration/hall.html", {"told": str(refusal), "typed": typed}, status=404)


@require_http_methods(["GET", "POST"])
@_limited
def find(request: Request) -> HttpResponse:
    """Type the code of the hall."""
    if request.method == "GET":
        return render(request, "registration/hall.html")
    found = _opened(request, request.POST.get("code", "")[:40])
    return found if isinstance(found, HttpResponse) else redirect("registration:hall", found[0].code)


@require_http_methods(["GET", "POST"])
@_limited
def hall(request: Request, code: str) -> HttpResponse:
    """The session that a code opens. POST: join it as a guest; who is signed in joins as who they are."""
    found = _opened(request, code[:40])
    if isinstance(found, HttpResponse):
        return found
    event_code, session = found
    if request.method == "POST" and request.user.is_authenticated:
        halls.admit(event_code, session, request.user, device.place_of(request))
        return redirect(session)
    form, status = GuestForm(session.edition.blocked_terms, request.POST or None), 200
    if request.method == "POST":
        before, joined, place = device.guest_of(request), list[Participant](), device.place_of(request)
        status = attempt(form, lambda data: joined.append(halls.join(event_code, session, data["name"], before, place)))
        if not status:
            return _entered(request, session, joined[0])
    context = {"code": event_code, "session": session, "form": form}
    return render(request, "registration/hall.html", context, status=status)


def _entered(request: Request, session: Session, guest: Participant) -> HttpResponse:
    login(request, guest, backend=BACKEND)
    response = redirect(session)
    device.remember(response, guest)
    return response
