"""Bans from one session: what its moderators do about somebody who disturbs it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from people.models import Ban, Participant
from people.permissions import can
from people.request import Request
from registration import desk
from registration.forms.fields import attempt
from registration.forms.people import BanForm
from registration.scopes import Scopes
from registration.views.guard import by_moderators
from sessions.models import Session


@require_http_methods(["GET", "POST"])
@by_moderators
def bans(request: Request, session: Session) -> HttpResponse:
    """GET: who is banned from the session, and the form for "who" (an id). POST: ban "who", or "lift" a ban."""
    standing = Ban.objects.standing().filter(scope=session.room_key)
    if lifted := request.POST.get("lift", ""):
        desk.lift(get_object_or_404(standing, pk=_id(lifted)), request.user)
        return redirect("registration:bans", session.pk)
    asked = request.POST.get("who", "") or request.GET.get("who", "")
    who = get_object_or_404(Participant, pk=_id(asked), deleted_at=None) if asked else None
    if request.method == "GET":
        return _page(request, session, who, BanForm(session.zone))
    form = BanForm(session.zone, request.POST)
    who = who or get_object_or_404(Participant, pk=0)
    if status := attempt(form, lambda data: desk.ban(session, who, data["reason"], form.ends, request.user)):
        return _page(request, session, who, form, status)
    return redirect("registration:bans", session.pk)


def _id(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0


def _page(
    request: Request, session: Session, who: Participant | None, form: BanForm, status: int = 200
) -> HttpResponse:
    runs = can(request.user, "edition.people", session.edition)
    context: dict[str, Any] = {
        "session": session,
        "who": who,
        "form": form,
        "bans": Ban.objects.standing().filter(scope=session.room_key).select_related("participant", "by"),
        # Organisers go on to the person's page, where it is theirs.
        "page_there": runs and who and desk.people_of(Scopes(session.edition)).filter(pk=who.pk).exists(),
    }
    return render(request, "registration/bans.html", context, status=status)
