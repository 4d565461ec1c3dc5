"""Reading and writing behind the stage."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from backstage.forms import LineForm
from backstage.models import Remark
from backstage.panel import channel
from people.request import Request
from sessions.guard import Guard, by_method, checked
from sessions.models import Edition, Session

guard = Guard("session.view")
of_edition = Guard("edition.view")


def _say(request: Request, thing: Session | Edition) -> None:
    sent = checked(LineForm(request.POST)).cleaned_data
    Remark.say(thing, request.user, sent["text"], sent["client_id"])


@guard.write("backstage.join")
def session(request: Request, session: Session) -> HttpResponse:
    """Say something to those who run a session."""
    _say(request, session)
    return HttpResponse(status=204) if request.htmx else redirect(session)


@never_cache
@of_edition.page("backstage.edition", follow=True)
def _page(request: Request, edition: Edition) -> HttpResponse:
    """What the staff of an edition says."""
    return render(request, "backstage/edition.html", channel(edition))


@of_edition.write("backstage.edition")
def _write(request: Request, edition: Edition) -> HttpResponse:
    """Say something to the staff of an edition."""
    _say(request, edition)
    return HttpResponse(status=204) if request.htmx else redirect("backstage:edition", edition.slug)


edition = by_method(_page, _write)
