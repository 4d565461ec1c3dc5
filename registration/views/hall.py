"""Joining in the hall: scan or type the code, type a name."""

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import limits
from people.address import client_address
from people.refusal import Refused
from people.request import Request
from people.views.entering import BACKEND
from registration import device
from registration import hall as halls
from registration.forms import GuestForm


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: Request) -> HttpResponse:
    """Type the code of the hall."""
    if request.method == "GET":
        return render(request, "registration/hall.html")
    limits.count("people.hall", client_address(request))
    typed = request.POST.get("code", "")[:40]
    try:
        code, _session = halls.find(typed)
    except Refused as refusal:
        return render(request, "registration/hall.html", {"told": str(refusal), "typed": typed}, status=404)
    return redirect("registration:hall", code.code)


@never_cache
@require_http_methods(["GET", "POST"])
def hall(request: Request, code: str) -> HttpResponse:
    """The session that a code opens. POST: join it as a guest; who is signed in joins as who they are."""
    limits.count("people.hall", client_address(request))
    try:
        found, session = halls.find(code)
        form = GuestForm(request.POST or None)
        if request.method == "POST" and request.user.is_authenticated:
            halls.admit(found, session, request.user)
            return redirect(session)
        if request.method == "POST" and form.is_valid():
            guest = halls.join(found, session, form.cleaned_data["name"], device.guest_of(request))
            login(request, guest, backend=BACKEND)
            response = redirect(session)
            device.remember(response, guest)
            return response
    except Refused as refusal:
        return render(request, "registration/hall.html", {"told": str(refusal)}, status=404)
    status = 422 if request.method == "POST" else 200
    return render(request, "registration/hall.html", {"code": found, "session": session, "form": form}, status=status)
