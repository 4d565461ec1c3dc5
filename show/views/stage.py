"""The pages of one stage: the caller's view, its settings, and the unattended ones with a signed address."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from common.numbers import number_in
from common.registry import registry
from live.models import Room
from live.revocations import recheck_room
from people import audit, limits
from people.permissions import can
from people.refusal import Refused
from people.request import Request
from sessions.guard import Guard, checked
from sessions.models import Session
from show import address, running
from show.following import stage_pages_changed
from show.forms import CueForm, ExtendForm, LineForm, StepForm
from show.models import Show, StageShow
from show.ripple import CHANGED
from show.stage import monitor_data, sign_data, stage_data
from show.views.control import take

of_session = Guard("session.view")
of_stage = Guard(find=StageShow.of)


@of_stage.page("show.call")
def caller(request: Request, show: StageShow) -> HttpResponse:
    """The floor manager's view of a stage; for htmx only what moves."""
    room = address.stage_room(show)
    request.live_rooms = Room.heads([room])
    return render(request, _caller_template(request), _caller(request, show))


def _caller_template(request: Request) -> str:
    return "show/_caller.html" if request.htmx else "show/caller.html"


def _caller(request: Request, show: StageShow) -> dict[str, Any]:
    data = stage_data(show)
    oversees = can(request.user, "show.oversee", show.edition)
    return {"show": show, "data": data, "oversees": oversees}


def _again(request: Request, show: StageShow) -> HttpResponse:
    if request.htmx:
        return render(request, "show/_caller.html", _caller(request, show))
    return redirect("show:caller", show.stage_id)


@of_session.write("session.direct")
def call(request: Request, session: Session) -> HttpResponse:
    """A step from the caller's view."""
    take(request, session, checked(StepForm(request.POST)).cleaned_data)
    return _again(request, StageShow.of(session.stage_id))


@of_session.write("show.direct")
def extend(request: Request, session: Session) -> HttpResponse:
    """Give a session minutes, or take some."""
    running.extend(session, checked(ExtendForm(request.POST)).cleaned_data["minutes"], request.user)
    return _again(request, StageShow.of(session.stage_id))


@of_session.write("show.direct")
def line(request: Request, session: Session) -> HttpResponse:
    """A private line to who is on stage: on the monitor and on the speaker's page."""
    text = checked(LineForm(request.POST)).cleaned_data["text"]
    if to_speakers := registry.line():
        to_speakers.send(session, request.user, text)
    return _again(request, StageShow.of(session.stage_id))


@of_session.write("show.direct")
def cue(request: Request, session: Session) -> HttpResponse:
    """What a session does when the ones before it take longer."""
    with transaction.atomic():
        data = checked(CueForm(request.POST, instance=Show.locked(session))).cleaned_data
        running.set_cue(session, data["cue"], data["least"], request.user)
    return _stage_again(request, StageShow.of(session.stage_id))


@of_stage.page("show.call")
def stage(request: Request, show: StageShow) -> HttpResponse:
    """The stage's running order, and the addresses of its unattended pages."""
    return render(request, "show/stage.html", _stage(request, show))


def _stage(request: Request, show: StageShow) -> dict[str, Any]:
    pages = [(page, request.build_absolute_uri(address.stage_path(show, page))) for page in address.STAGE_PAGES]
    data = stage_data(show)
    cues = [(line, CueForm(instance=Show(cue=line["cue"], least=line["least"])).version) for line in data["lines"]]
    return {"show": show, "addresses": dict(pages), "data": data, "lines": cues, "cues": Show.Cue.choices}


def _stage_again(request: Request, show: StageShow) -> HttpResponse:
    if request.htmx:
        return render(request, "show/_stage.html", _stage(request, show))
    return redirect("show:stage", show.stage_id)


@of_stage.write("show.call")
def blackout(request: Request, show: StageShow) -> HttpResponse:
    """Darken the confidence monitor, or light it: on=1 or on=0."""
    with transaction.atomic():
        locked = StageShow.locked(show.stage)
        locked.blackout = request.POST.get("on") == "1"
        locked.save(update_fields=["blackout"])
        audit.record(request.user, "show.blackout", show.edition.room_key, stage=show.stage_id)
        stage_pages_changed(show.stage)
    return _again(request, StageShow.of(show.stage_id))


@of_stage.write("show.call")
def renew(request: Request, show: StageShow) -> HttpResponse:
    """End the addresses of the stage's unattended pages; fresh ones open them from now on."""
    ended = address.stage_room(show), address.monitor_room(show)
    with transaction.atomic():
        locked = StageShow.locked(show.stage)
        locked.address_number += 1
        locked.save(update_fields=["address_number"])
        audit.record(request.user, "show.renew", show.edition.room_key, stage=show.stage_id)
        for room in ended:
            recheck_room(room)
    return _stage_again(request, StageShow.of(show.stage_id))


def _opened(request: HttpRequest, page: str, signed: str) -> StageShow:
    """The stage that an address opens; its page follows the room of the address, and nothing else."""
    show = address.stage_of(page, signed)
    if show is None:
        raise Http404
    request.edition = show.edition  # type: ignore[attr-defined]
    if not request.htmx:  # type: ignore[attr-defined]
        room = address.monitor_room(show) if page == "monitor" else address.stage_room(show)
        request.live_rooms = Room.heads([room])  # type: ignore[attr-defined]
    return show


@require_safe
def monitor(request: HttpRequest, signed: str) -> HttpResponse:
    """The confidence monitor, for whoever has its address; for htmx only what moves."""
    data = monitor_data(_opened(request, "monitor", signed))
    get_token(request)  # lines that come later are acknowledged with it
    template = "show/_monitor.html" if request.htmx else "show/monitor.html"  # type: ignore[attr-defined]
    return render(request, template, {"data": data})


@require_safe
def sign(request: HttpRequest, signed: str) -> HttpResponse:
    """The door sign, or with ?room=green the green room's: now and next of a stage."""
    show = _opened(request, "sign", signed)
    template = "show/_sign.html" if request.htmx else "show/sign.html"  # type: ignore[attr-defined]
    return render(request, template, {"data": sign_data(show), "green": request.GET.get("room") == "green"})


@require_POST
def acknowledge(request: HttpRequest, signed: str) -> HttpResponse:
    """Who stands before the monitor has read the line: session=<id>, id=<id of the line>."""
    show = address.stage_of("monitor", signed)
    if show is None:
        raise Http404
    limits.count("show.acknowledge", signed)
    line, session_id = registry.line(), number_in(request.POST.get("session", "")) or 0
    session = Session.objects.select_related("edition", "stage").filter(pk=session_id, stage=show.stage_id).first()
    read = number_in(request.POST.get("id", ""))
    if line is None or session is None or read is None:
        raise Refused(CHANGED)
    line.acknowledge(session, read)
    return HttpResponse(status=204)
