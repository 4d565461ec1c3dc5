"""The control room of an edition, and what is done from its rows."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from common import clock
from common.numbers import number_in
from live.models import Room
from people.refusal import Refused
from people.request import Request
from sessions import status, strip
from sessions.guard import Guard, checked
from sessions.models import Edition, Session, Stage
from show import kept, ripple
from show.control import rows
from show.forms import AutomaticForm, RippleForm, StepForm
from show.models import Ripple, StageShow, control_room
from show.rooms import role_in_control

of_session = Guard("session.view")
of_stage = Guard(find=StageShow.of)
EARLY = timedelta(minutes=1)
TOO_EARLY = _("It was promised for later. Wait, or start it from its own page.")


@Guard("edition.view").page("show.oversee")
def control(request: Request, edition: Edition) -> HttpResponse:
    """All stages of all host cities; the rows that need somebody come first."""
    rooms = [edition.room_key, control_room(edition.pk)]
    asked = {*rooms, *strip.rooms_of(edition), *kept.rooms_of(edition)}  # once, for the head of the page too
    request.heads = Room.heads(asked)
    request.live_rooms = {room: request.heads[room] for room in rooms}
    found = kept.rows_of(edition, request.heads)
    found.sort(key=lambda each: (-each.row["urgency"], each.row["place"]))
    role = role_in_control(request.user, edition)
    return render(request, "show/control.html", {"rows": [each.html(role) for each in found]})


@of_stage.page("show.call")
def row(request: Request, show: StageShow) -> HttpResponse:
    """The row of one stage. Everybody in the control room asks for it at the moment that it names."""
    role = role_in_control(request.user, show.edition)
    return HttpResponse("".join(each.html(role) for each in kept.rows_of(show.edition, only=[show.stage_id])))


def _row(request: Request, stage: Stage) -> HttpResponse:
    role = role_in_control(request.user, stage.edition)
    return render(request, "show/events/row.html", {"data": {"rows": rows(stage.edition, [stage.pk])}, "role": role})


def done(request: Request, stage: Stage) -> HttpResponse:
    """After a step: the stage's row for the control room, or the whole page."""
    return _row(request, stage) if request.htmx else redirect("show:control", stage.edition.slug)


@of_session.write("session.direct")
def step(request: Request, session: Session) -> HttpResponse:
    """Take or undo a step of a session. It never starts before it was promised."""
    take(request, session, checked(StepForm(request.POST)).cleaned_data)
    return done(request, session.stage)


def take(request: Request, session: Session, data: dict[str, Any]) -> None:
    """The step that a StepForm names. Raises Refused."""
    action, expected, more = data["action"], data["expected"] or None, {}
    now = clock.now()
    if action == "undo":
        status.undo(session.pk, request.user, expected=expected)
        return
    if action == "go_live" and session.begins > now + EARLY:
        raise Refused(TOO_EARLY)
    if action == "delay":
        this_minute = now.replace(second=0, microsecond=0)
        more["new_start"] = max(session.begins, this_minute) + timedelta(minutes=data["minutes"] or 0)
    status.step(session.pk, action, request.user, expected=expected, **more)


@of_stage.write("show.ripple")
def publish(request: Request, show: StageShow) -> HttpResponse:
    """Publish the delays that were offered."""
    seen = checked(RippleForm(request.POST)).cleaned_data
    ripple.publish(show.stage, request.user, **seen)
    return done(request, show.stage)


@of_stage.write("show.ripple")
def take_back(request: Request, show: StageShow) -> HttpResponse:
    """Take back the delays that were published together."""
    pk = number_in(request.POST.get("ripple", "")) or 0
    made = get_object_or_404(Ripple.objects.select_related("stage__edition"), pk=pk, stage=show.stage)
    ripple.take_back(made, request.user)
    return done(request, show.stage)


@of_stage.write("show.ripple")
def automatic(request: Request, show: StageShow) -> HttpResponse:
    """Up to how many minutes the stage publishes delays by itself."""
    minutes = checked(AutomaticForm(request.POST)).cleaned_data["minutes"]
    ripple.set_automatic(show.stage, minutes, request.user)
    return done(request, show.stage)
