"""What a delegation has planned, for its people and its focal points alone; and as a calendar to subscribe to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collaboration import delegating, planned
from collaboration.models import Delegation
from collaboration.views.guard import travellers
from people.request import Request
from sessions import calendars


@never_cache
@travellers.page()
def agenda(request: Request, delegation: Delegation) -> HttpResponse:
    """Day by day: sessions that its people saved and share, and its meetings."""
    path = reverse("collaboration:feed", args=[planned.address(delegation, request.user)])
    context = {
        "edition": delegation.edition,
        "delegation": delegation,
        "days": planned.days(delegation, request.user),
        "own": planned.place_of(request.user, delegation),
        "is_focal": delegating.is_focal_point(request.user, delegation),
        "feed": request.build_absolute_uri(path),
    }
    response = render(request, "collaboration/agenda.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"  # it holds a secret address
    return response


@travellers.write("collaboration.delegate")
def share(request: Request, delegation: Delegation) -> HttpResponse:
    """Let what one has saved count there ("on"), or no longer; of who has a place in the delegation."""
    own = planned.place_of(request.user, delegation)
    if own is None:
        raise Http404
    planned.share(own, "on" in request.POST)
    return redirect("collaboration:agenda", delegation.pk)


@require_safe
def feed(request: HttpRequest, signed: str) -> HttpResponse:
    """The calendar of a delegation, for who has this address of theirs and still belongs to it."""
    owner = planned.owner_of(signed)
    if owner is None:
        raise Http404
    source = request.build_absolute_uri()
    headers = {"Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
    drawn = planned.calendar(*owner, request.build_absolute_uri, source)
    return HttpResponse(drawn, content_type=calendars.TYPE, headers=headers)
