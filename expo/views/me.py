"""One's own of the exhibition: badge, who has one's data, talks, meetings, invitations."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common.numbers import number_in
from common.qr import qr_code
from common.registry import registry
from expo import data, finding, partners, scanning
from expo import team as teams
from expo.forms.leads import AgreeForm, FieldsForm
from expo.models import FIELDS, Availability, Badge, Exhibitor, Meeting, Talk
from expo.views.guard import guard, public
from people.guard import signed_in
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition


@never_cache
@guard.page("expo.take_part", follow=True)
def me(request: Request, edition: Edition) -> HttpResponse:
    """The badge, and all that is one's own in this exhibition."""
    user = request.user
    badge = scanning.badge_of(edition, user)
    asked = Q(person=user) | Q(delegation__in=registry.parties_answered_by(edition.pk, user), host=None) | Q(host=user)
    meetings = Meeting.objects.filter(Q(visitor=user) | asked, edition=edition).select_related(*partners.RELATED)
    context = {
        "edition": edition,
        "badge": badge,
        "qr": qr_code(request.build_absolute_uri(reverse("expo:badge", args=[badge.code]))),
        "field_choices": FIELDS.items(),
        "data": {"scans": data.scans_of(user.pk, edition.pk)},
        "talks": Talk.objects.filter(visitor=user, exhibitor__edition=edition).select_related("exhibitor")[:50],
        "meetings": data.meetings_of(meetings[:100], user),
        "hours": Availability.objects.filter(edition=edition, participant=user, is_open=True).first(),
        "invitations": teams.invitations(user).filter(exhibitor__edition=edition),
    }
    return render(request, "expo/me.html", context)


@never_cache
@guard.page("expo.take_part")
def mine(request: Request, edition: Edition) -> HttpResponse:
    """What the list of exhibitors says to one person alone, as parts of its page."""
    return render(request, "expo/_mine.html", {"edition": edition, **finding.mine(edition, request.user)})


@guard.write("expo.take_part")
def own_badge(request: Request, edition: Edition) -> HttpResponse:
    """Get another code (rotate=1), or choose what a scan gives."""
    badge = scanning.badge_of(edition, request.user)
    if request.POST.get("rotate"):
        scanning.rotate(badge)
    else:
        scanning.give(badge, checked(FieldsForm(request.POST)).cleaned_data["fields"])
    return redirect("expo:me", edition.slug)


@public.write("expo.take_part")
def agree(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Give a stand one's data from its page: the fields that were ticked, and no others."""
    if teams.is_member(request.user, exhibitor):
        raise Refused(_("This is your own stand."))
    sent = checked(AgreeForm(request.POST)).cleaned_data
    scanning.agree(exhibitor, request.user, sent["fields"], sent["source"], sent["client_id"])
    return redirect("expo:me", exhibitor.edition.slug)


@guard.write("expo.take_part")
def take_back(request: Request, edition: Edition) -> HttpResponse:
    """Take one's data back from an exhibitor (lead=)."""
    scanning.take_back(request.user, number_in(request.POST.get("lead", "")) or 0)
    return HttpResponse(status=204) if request.htmx else redirect("expo:me", edition.slug)


@signed_in("GET", "HEAD", limit="expo.scan", reads_count=True)
def badge(request: Request, code: str) -> HttpResponse:
    """Where a badge's code leads: the team of a stand to its scanner, everybody else to a page without a name."""
    found = get_object_or_404(Badge.objects.select_related("edition"), code=scanning.code_in(code))
    teams_of = Exhibitor.objects.filter(edition=found.edition_id, team__participant=request.user)
    context = {"edition": found.edition, "code": found.code, "exhibitors": teams_of}
    return render(request, "expo/badge.html", context)
