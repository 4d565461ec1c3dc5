"""Whom a session is for, and the code on its hall's screen."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.joining import qr_code
from people.models import EventCode
from people.request import Request
from registration import hall
from registration.forms import AccessForm, CodeForm
from registration.views.guard import of_session
from sessions import access as access_of
from sessions.guard import checked
from sessions.models import Session


@require_http_methods(["GET", "POST"])
@of_session
def access(request: Request, session: Session) -> HttpResponse:
    """GET: the page. POST: change whom the session is for."""
    if request.method == "POST":
        data = checked(AccessForm(request.POST, instance=session)).cleaned_data
        chosen = access_of.Settings(
            data["visibility"], data["visible_passes"], data["embargo_until"], data["guests_may"]
        )
        access_of.change(session.pk, chosen, request.user)
        return redirect("registration:access", session.pk)
    return render(request, "registration/access.html", _shown(request, session))


def _shown(request: Request, session: Session) -> dict[str, Any]:
    code = EventCode.of(session.room_key)
    address = request.build_absolute_uri(reverse("registration:hall", args=[code.code])) if code else ""
    return {
        "session": session,
        "form": AccessForm(instance=session),
        "code": code,
        "address": address,
        "qr": qr_code(address) if code else "",
        "code_form": CodeForm(session.zone, initial={"expires_at": session.finishes}),
    }


@require_POST
@of_session
def code(request: Request, session: Session) -> HttpResponse:
    """Show a new code until a time, or revoke the one that stands ("revoke")."""
    if request.POST.get("revoke"):
        hall.revoke(session, request.user)
    else:
        data = checked(CodeForm(session.zone, request.POST)).cleaned_data
        hall.show(session, data["expires_at"], request.user)
    return redirect("registration:access", session.pk)
