"""Pages to sign in and out."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from common.numbers import number_in
from common.registry import registry
from people import joining, limits, tries
from people.address import client_address
from people.models import Participant, Role
from people.refusal import Refused, refuse
from people.request import Request
from people.revocation import recheck_sockets

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """The ways in. POST: as a demo participant (demo mode only)."""
    following = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST" and settings.DEMO:
        limits.count("people.enter", client_address(request))
        pk = number_in(request.POST.get("participant", "")) or 0
        participant = get_object_or_404(Participant, pk=pk, is_demo=True, is_active=True)
        login(request, participant, backend=BACKEND)
        return redirect(following)
    if request.method == "POST":
        return refuse(request, _("Entering with one click is possible in the demo only."), 404)
    found = Participant.objects.filter(is_demo=True).prefetch_related("roles") if settings.DEMO else []
    participants = [(participant, _roles_of(participant)) for participant in found]
    providers: list[Any] = get_adapter().list_providers(request)
    context = {"participants": participants, "next": following, "providers": providers}
    return render(request, "people/enter.html", context)


def _roles_of(participant: Participant) -> list[Any]:
    """What a participant's roles are called, each once; that they attend is said of who has no other."""
    held = {role.name for role in participant.roles.all()}
    more = held - {Role.Name.ATTENDEE}
    names = sorted(more or held, key=lambda name: (name not in Role.Name.values, name))
    return [registry.roles.get(name, name) for name in names]


@require_POST
def leave(request: Request) -> HttpResponse:
    """Sign out; the open sockets of this sign-in follow."""
    participant = request.user
    logout(request)
    if isinstance(participant, Participant):
        recheck_sockets(participant)
    return redirect("/")


@never_cache
@sensitive_post_parameters("token")
@require_http_methods(["GET", "POST"])
def join(request: Request) -> HttpResponse:
    """A personal join link. GET: the page that reads the token from the fragment. POST: show it, or (go=1) join."""
    if request.method == "GET":
        page = _unreferred(render(request, "people/join.html"))
        tries.name_device(request, page)
        return page
    token = request.POST.get("token", "")[:400]
    try:
        return _unreferred(_opened(request, token))
    except Refused as refusal:
        return _unreferred(_shown(request, refusal.status, message=str(refusal)))


def _opened(request: Request, token: str) -> HttpResponse:
    """Show the token's link, or (go=1) join by it and redirect. Raises Refused."""
    tries.count("people.join", request)
    try:
        if request.POST.get("go"):
            return _joined(request, token)
        link = joining.read(token)
    except Refused:
        tries.count_wrong("people.join", request)
        raise
    return _shown(request, link=link, token=token.strip().rpartition("#")[2])


def _shown(request: Request, status: int = 200, **context: Any) -> HttpResponse:
    """The page; for htmx only its middle part."""
    return render(request, f"people/{'_' if request.htmx else ''}join.html", context, status=status)


@transaction.atomic
def _joined(request: Request, token: str) -> HttpResponse:
    link = joining.redeem(token)
    if request.user != link.participant:
        login(request, link.participant, backend=BACKEND)
    joining.note_sign_in(link, str(request.session.session_key))
    return redirect(link.path)


def _unreferred(response: HttpResponse) -> HttpResponse:
    """Hide the address from other sites; our own forms still send their origin."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _safe(request: Request, address: str) -> str:
    """The address if it is ours, else "/"."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"


def unconfirmed(request: Request) -> HttpResponse:
    """The page after a single sign-on without a confirmed e-mail address, or with one in use."""
    message = _("Your sign-in service did not confirm your e-mail address. Sign in with a code by e-mail instead.")
    return refuse(request, message, 409)
