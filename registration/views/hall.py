"""Joining in the hall: scan or type the code, type a name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.address import client_address
from people.limits import is_spent, retry_after
from people.models import EventCode
from people.refusal import Refused, refuse
from people.request import Request
from people.views.entering import BACKEND
from registration import hall as halls
from registration.forms.fields import attempt
from registration.forms.sessions import GuestForm
from sessions.models import Session


def _limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A hall has one address: only wrong codes count strictly."""

    @wraps(view)
    @never_cache
    def limited(request: Request, **arguments: Any) -> HttpResponse:
        address = client_address(request)
        if wait := is_spent("people.hall.wrong", address) or retry_after("people.hall", address):
            return refuse(request, _("Too many tries. Wait %(seconds)s seconds.") % {"seconds": wait}, 429)
        return view(request, **arguments)

    return limited


def _opened(request: Request, typed: str) -> tuple[EventCode, Session] | HttpResponse:
    """What the code opens, or the page that says why not."""
    try:
        return halls.find(typed, request.user)
    except halls.NotYet as refusal:
        return render(request, "registration/hall.html", {"told": str(refusal)}, status=409)
    except Refused as refusal:
        retry_after("people.hall.wrong", client_address(request))
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
        halls.admit(event_code, session, request.user)
        return redirect(session)
    form, status = GuestForm(session.edition.blocked_terms, request.POST or None), 200
    if request.method == "POST":
        status = attempt(form, lambda data: _join(request, event_code, session, data["name"]))
        if not status:
            return redirect(session)
    context = {"code": event_code, "session": session, "form": form}
    return render(request, "registration/hall.html", context, status=status)


def _join(request: Request, code: EventCode, session: Session, name: str) -> None:
    login(request, halls.join(code, session, name), backend=BACKEND)
