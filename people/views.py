"""Entering and leaving."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.limits import retry_after
from people.models import Participant
from people.revocation import revoke


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Choose a demo participant (demo mode only)."""
    following = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST" and settings.DEMO:
        if wait := retry_after("people.enter", request.META.get("REMOTE_ADDR", "")):
            return refuse(request, _("Too many tries. Wait %(seconds)s seconds.") % {"seconds": wait}, 429)
        pk = request.POST.get("participant", "")
        participant = get_object_or_404(
            Participant, pk=pk if pk.isdecimal() and len(pk) < 19 else 0, is_demo=True, is_active=True
        )
        login(request, participant, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(following)
    if request.method == "POST":
        return refuse(request, _("Entering with one click is possible in the demo only."), 404)
    participants = Participant.objects.filter(is_demo=True).prefetch_related("roles") if settings.DEMO else []
    return render(request, "people/enter.html", {"participants": participants, "next": following})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; the open sockets of this sign-in follow."""
    participant = request.user
    logout(request)
    if isinstance(participant, Participant):
        revoke(participant)
    return redirect("/")


def refuse(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """A clear error: a fragment for htmx, a page otherwise. 200-399 are not for this."""
    template = "people/_refusal.html" if request.headers.get("HX-Request") else "people/refusal.html"
    return render(request, template, {"message": message}, status=status)


def refuse_form(request: HttpRequest, form: BaseForm) -> HttpResponse:
    """422 with what is wrong in a form."""
    return refuse(request, " ".join(str(error) for errors in form.errors.values() for error in errors), 422)


def _safe(request: HttpRequest, address: str) -> str:
    """The address to go on to, if it is one of ours."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"
