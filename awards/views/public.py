"""What everybody may see: the call, finalists and winners, an entry's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards import audience, statistics
from awards.data import answers_of, honoured, standing_of, winners_of_all
from awards.models import Call, Entry, Kind
from awards.views.guard import call_of, guard, public
from common import clock, uploads
from common.shared import shared
from people.permissions import can
from people.request import Request
from sessions.models import Edition


@shared
@guard.page()
def index(request: Request, edition: Edition) -> HttpResponse:
    """The edition's awards: the call, its categories, finalists and winners."""
    call = Call.objects.filter(edition=edition).select_related("edition__host_city").first()
    actions = ("enter", "manage", "judge", "chair")
    context = {
        "edition": edition,
        "call": call,
        "categories": honoured(call) if call else [],
        "is_open": call and call.is_open(clock.now()),
        "may": {action: can(request.user, f"awards.{action}", edition) for action in actions},
    }
    return render(request, "awards/index.html", context)


@shared
@guard.page()
def numbers(request: Request, edition: Edition) -> HttpResponse:
    """Where the entries come from, once the call is closed."""
    call = call_of(edition)
    closed = call.grace_ends <= clock.now()
    context = {"call": call, "numbers": statistics.of_call(call) if closed else None}
    return render(request, "awards/statistics.html", context)


@shared
@public.page()
def entry(request: Request, entry: Entry) -> HttpResponse:
    """A finalist's or winner's page."""
    pictures = entry.files.submitted().filter(kind=uploads.PICTURE)  # documents are for the jury
    prizes = audience.prizes([entry.call.pk]).get(str(entry.pk), [])
    context = {"entry": entry, "answers": answers_of(entry, entry.answers), "attachments": pictures, "prizes": prizes}
    context |= {"standing": standing_of(entry), "is_team": entry.category.kind == Kind.CHALLENGE}
    return render(request, "awards/entry.html", context)


@shared
@require_safe
def winners(request: Request) -> HttpResponse:
    """The winners of all editions."""
    return render(request, "awards/winners.html", {"editions": winners_of_all()})
