"""Reading and writing behind the stage."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from backstage.forms import LineForm
from backstage.models import Remark, Whole, room_key
from backstage.panel import channel
from live.models import Room
from people.request import Request
from sessions.guard import Guard, by_method, checked
from sessions.models import Edition, Session
from show.models import StageShow

guard = Guard("session.view")
of_stage = Guard(find=StageShow.of)
of_edition = Guard("edition.view")


def _say(request: Request, thing: Whole) -> None:
    sent = checked(LineForm(request.POST)).cleaned_data
    Remark.say(thing, request.user, sent["text"], sent["client_id"])


@guard.write("backstage.join")
def session(request: Request, session: Session) -> HttpResponse:
    """Say something to those who run a session."""
    _say(request, session)
    return HttpResponse(status=204) if request.htmx else redirect(session)


@never_cache
@of_stage.page("backstage.stage")
def _stage(request: Request, show: StageShow) -> HttpResponse:
    """What the staff of a stage says."""
    request.live_rooms = Room.heads([room_key(show)])
    return render(request, "backstage/stage.html", channel(show) | {"show": show})


@of_stage.write("backstage.stage")
def _say_on_stage(request: Request, show: StageShow) -> HttpResponse:
    """Say something to the staff of a stage."""
    _say(request, show)
    return HttpResponse(status=204) if request.htmx else redirect("backstage:stage", show.stage_id)


stage = by_method(_stage, _say_on_stage)


@never_cache
@of_edition.page("backstage.edition", follow=True)
def _page(request: Request, edition: Edition) -> HttpResponse:
    """What the staff of an edition says, and where the channels of its stages are."""
    context = {"stages": edition.stages.select_related("host_city")}
    return render(request, "backstage/edition.html", channel(edition) | context)


@of_edition.write("backstage.edition")
def _write(request: Request, edition: Edition) -> HttpResponse:
    """Say something to the staff of an edition."""
    _say(request, edition)
    return HttpResponse(status=204) if request.htmx else redirect("backstage:edition", edition.slug)


edition = by_method(_page, _write)
