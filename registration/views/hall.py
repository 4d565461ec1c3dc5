"""Joining in the hall: scan or type the code, type a name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import tries
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
    """Limit tries (people/tries.py).

    When the limit of an address is used up, a new browser gets a device id and goes on with its own limit.
    """

    @wraps(view)
    @never_cache
    def limited(request: Request, **arguments: Any) -> HttpResponse:
        try:
            tries.count("hall", request)
        except Refused:
            if tries.device_of(request) or request.method != "GET" or "device" in request.GET:
                raise
            response: HttpResponse = redirect(f"{request.path}?device=1")
        else:
            response = view(request, **arguments)
        tries.name_device(request, response)
        return response

    return limited


def _opened(request: Request, typed: str) -> tuple[EventCode, Session] | HttpResponse:
    """The code and its session, or the page that says why it does not work."""
    try:
        return halls.find(typed, request.user)
    except halls.NotYet as refusal:
        return render(request, "registration/hall.html", {"message": str(refusal)}, status=refusal.status)
    except Refused as refusal:
        tries.count_wrong("hall", request)
        return render(request, "registration/hall.html", {"message": str(refusal), "typed": typed}, status=404)


@require_http_methods(["GET", "POST"])
@_limited
def find(request: Request) -> HttpResponse:
    """The page where people type the code of the hall."""
    if request.method == "GET":
        return render(request, "registration/hall.html")
    opened = _opened(request, request.POST.get("code", "")[:40])
    return opened if isinstance(opened, HttpResponse) else redirect("registration:hall", opened[0].code)


@require_http_methods(["GET", "POST"])
@_limited
def hall(request: Request, code: str) -> HttpResponse:
    """The page of a code. POST: join its session as a guest; signed-in people join with their account."""
    opened = _opened(request, code[:40])
    if isinstance(opened, HttpResponse):
        return opened
    event_code, session = opened
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
