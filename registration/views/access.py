"""The page about who may see a session: visibility, invitations, and the code of its hall."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common.qr import qr_code
from people import joining
from people.models import JoinLink, Role
from people.refusal import Refused
from people.request import Request
from registration import decisions, hall, invitations, seats
from registration import links as join_links
from registration.forms.fields import attempt
from registration.forms.sessions import AccessForm, CodeForm, InviteesForm
from registration.views.guard import chosen, guard
from sessions import access as access_of
from sessions.guard import session_of
from sessions.models import Session

MOST_INVITED = 500  # invited people on the page


@never_cache
@guard.form("session.access")
def access(request: Request, session: Session) -> HttpResponse:
    """GET: the page. POST: change who may see the session."""
    if request.method == "GET":
        return _page(request, session)

    with transaction.atomic():
        form = AccessForm(request.POST, instance=Session.locked(session.pk))
        status = attempt(form, lambda data: access_of.change(session.pk, _settings(data), request.user))
    if status:
        return _page(request, session_of(session.pk), status, form=form)
    return redirect(f"{request.path}?saved=1")


def _settings(data: dict[str, Any]) -> access_of.Settings:
    return access_of.Settings(data["visibility"], data["visible_passes"], data["embargo_until"], data["guests_may"])


def _page(request: Request, session: Session, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `more` replaces parts of its context, such as a form with errors."""
    code = hall.of(session)
    address = request.build_absolute_uri(reverse("registration:hall", args=[code.code])) if code else ""
    invited = Role.objects.filter(scope=session.room_key, name=Role.Name.ATTENDEE).select_related("participant")
    initial = {"expires_at": code.expires_at, "max_guests": code.max_guests} if code else {}
    context = {
        "session": session,
        "saved": request.method == "GET" and "saved" in request.GET,
        "form": AccessForm(instance=session),
        "code": code,
        "grace": hall.GRACE // timedelta(minutes=1),
        "guests": seats.taken(session).count(),
        "groups": seats.groups(session),
        "address": address,
        "qr": qr_code(address) if code else "",
        "code_form": CodeForm(session.zone, code, initial=initial),
        "invited": invited.order_by("participant__name", "pk")[:MOST_INVITED],
        "invited_count": invited.count(),
        "invitees_form": InviteesForm(auto_id="invitees-%s", initial={"send": True}),
        **more,
    }
    return render(request, "registration/access.html", context, status=status)


@never_cache
@guard.write("session.access")
def code(request: Request, session: Session) -> HttpResponse:
    """Make a new code, or "revoke" the given code, with "guests" also remove the guests. 409 for another code."""
    with transaction.atomic():
        Session.locked(session.pk)
        stands = hall.of(session)
        if revoked := request.POST.get("revoke"):
            if stands and revoked not in ("1", stands.code):
                raise Refused(_("Somebody else has made another code meanwhile: %(code)s.") % {"code": stands.code})
            hall.revoke(session, request.user, guests=bool(request.POST.get("guests")))
            return redirect("registration:access", session.pk)
        form = CodeForm(session.zone, stands, request.POST)
        status = attempt(form, lambda data: hall.show(session, data["expires_at"], request.user, data["max_guests"]))
    if status:
        return _page(request, session, status, code_form=form)
    return redirect("registration:access", session.pk)


@never_cache
@guard.write("session.access")
def guests(request: Request, session: Session) -> HttpResponse:
    """Remove the guests who came from one place within one minute ("group": "<place>/<minute>")."""
    place, _slash, minute = request.POST.get("group", "").partition("/")
    try:
        since = datetime.fromisoformat(minute)
    except ValueError as error:
        raise Refused(_("Choose a group of guests."), 422) from error
    if since.tzinfo is None:
        raise Refused(_("Choose a group of guests."), 422)
    seats.remove(session, request.user, place[:12], since)
    return redirect("registration:access", session.pk)


@never_cache
@guard.write("session.access")
def invitees(request: Request, session: Session) -> HttpResponse:
    """Invite all of a list of addresses, or take one invitation back ("take": the role's id)."""
    if taken := request.POST.get("take", ""):
        invited = Role.objects.filter(scope=session.room_key, name=Role.Name.ATTENDEE)
        decisions.take(session.edition, chosen(invited, taken), request.user)
        return redirect("registration:access", session.pk)
    form, links = InviteesForm(request.POST, auto_id="invitees-%s"), list[JoinLink]()
    if status := attempt(
        form, lambda data: links.extend(invitations.invite_all(session, data["emails"], request.user, data["send"]))
    ):
        return _page(request, session, status, invitees_form=form)
    if links:
        _send(request, session, links)
    return redirect("registration:access", session.pk)


def _send(request: Request, session: Session, links: list[JoinLink]) -> None:
    try:
        join_links.write_all([(link, joining.address_of(link, request)) for link in links], session.edition)
    except Refused as refusal:
        message = _("The mail could not be sent. The invitations stand: they can sign in with a code by e-mail.")
        raise Refused(message) from refusal
