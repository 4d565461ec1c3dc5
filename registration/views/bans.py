"""Bans from one session, by its moderators."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from people.models import Ban, Participant
from people.permissions import can
from people.refusal import Invalid
from people.request import Request
from registration import decisions
from registration.forms.fields import attempt
from registration.forms.people import BanForm
from registration.scopes import Scopes
from registration.views.guard import chosen, guard
from sessions.models import Session

# Why somebody is banned, as a moderator says it with one press.
REASONS = [_("Insults or threats"), _("Advertising"), _("Disturbs the session")]


@never_cache
@guard.form("session.ban")
def bans(request: Request, session: Session) -> HttpResponse:
    """GET: who is banned from the session, and the form for "who" (an id). POST: ban "who", or "lift" a ban.

    htmx gets the form alone, with reasons to choose from: moderators ban where they are.
    """
    standing = Ban.objects.standing().filter(scope=session.room_key)
    if ban_pk := request.POST.get("lift", ""):
        decisions.lift(chosen(standing, ban_pk), request.user)
        return redirect("registration:bans", session.pk)
    pk = request.POST.get("who", "") or request.GET.get("who", "")
    people = decisions.people_of(Scopes(session.edition))
    participant = chosen(people, pk) if pk else None
    # Moderators of one session must not learn who is registered.
    if (
        participant
        and not decisions.known_in(session, participant)
        and not can(request.user, "edition.people", session.edition)
    ):
        raise Http404
    if request.method == "GET":
        stands = decisions.ban_of(participant, session.room_key) if participant else None
        return _page(request, session, participant, BanForm(session.zone, stands))
    if participant is None:
        raise Http404
    with transaction.atomic():
        Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
        form = BanForm(session.zone, decisions.ban_of(participant, session.room_key), request.POST)
        status = attempt(
            form, lambda data: decisions.ban(session, participant, data["reason"], form.ends, request.user)
        )
    if status:
        return _page(request, session, participant, form, status)
    if request.htmx:
        return render(request, "registration/_ban_here.html", {"participant": participant, "is_banned": True})
    return redirect("registration:bans", session.pk)


def _page(
    request: Request, session: Session, participant: Participant | None, form: BanForm, status: int = 200
) -> HttpResponse:
    if request.htmx and status == 422:
        raise Invalid(form)
    context: dict[str, Any] = {
        "session": session,
        "participant": participant,
        "form": form,
        "bans": Ban.objects.standing().filter(scope=session.room_key).select_related("participant", "by"),
        "reasons": REASONS,
        "runs_edition": can(request.user, "edition.people", session.edition),
    }
    response = render(request, f"registration/{'_ban_here' if request.htmx else 'bans'}.html", context, status=status)
    if request.htmx and status == 409:
        response.headers["HX-Reswap"] = "innerHTML"
    return response
