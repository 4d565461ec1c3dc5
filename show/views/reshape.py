"""What opens from a row of the control room: a stage's rarer tools; moving, swapping and cancelling a session."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from people.permissions import can
from people.request import Request
from sessions.forms import DELAYS
from sessions.guard import Guard, checked, session_of
from sessions.models import BEFORE, Session, Stage
from sessions.status import LABELS
from show import reshaping
from show.control import rows
from show.forms import CancelForm, MoveForm, SwapForm
from show.models import StageShow
from show.views.control import done

of_session = Guard("session.view")
of_stage = Guard(find=StageShow.of)
LIMITS = (0, 3, 5, 10, 15, 30)  # minutes up to which a stage publishes by itself


@never_cache
@of_session.form("session.direct")
def reshape(request: Request, session: Session) -> HttpResponse:
    """GET: what can be done with a session's place. POST: do "what": "move", "swap" or "cancel"."""
    if request.method == "GET":
        return _page(request, session)
    act = ACTS.get(request.POST.get("what", ""))
    if act is None:
        raise Http404
    act(request, session)
    return done(request, session.stage)


@never_cache
@of_stage.page("show.call")
def tools(request: Request, show: StageShow) -> HttpResponse:
    """What is done less often for a stage: delays, the line to who is on it, its other pages."""
    row = rows(show.edition, [show.stage_id])[0]
    shown = [item for item in (row["now"], row["next"]) if item]
    context = {
        "row": row,
        "shown": shown,
        "undos": [(item, LABELS.get(item["undo"], item["undo"])) for item in shown if item["undo"]],
        "current": shown[0] if shown else None,
        "delays": DELAYS,
        "limits": sorted({*LIMITS, row["automatic"]}),
        "can_ripple": can(request.user, "show.ripple", show.edition),
    }
    return render(request, "show/_tools.html" if request.htmx else "show/tools.html", context)


def _page(request: Request, session: Session) -> HttpResponse:
    ahead = session.status in BEFORE
    swap = SwapForm(session, auto_id="swap-%s") if ahead else None
    context = {
        "session": session,
        "move": MoveForm(session, auto_id="move-%s"),
        "swap": swap if swap and swap.fields["other"].choices else None,  # type: ignore[attr-defined]
        "cancel": CancelForm(session, auto_id="cancel-%s") if ahead else None,
    }
    return render(request, "show/_reshape.html" if request.htmx else "show/reshape.html", context)


def _move(request: Request, session: Session) -> None:
    data = checked(MoveForm(session, request.POST)).cleaned_data
    stage: Stage | None = data["stage"] if data["stage"].pk != session.stage_id else None
    reshaping.move(session, request.user, data["seen"], stage, data["start"])


def _swap(request: Request, session: Session) -> None:
    form = checked(SwapForm(session, request.POST))
    pk, _colon, other_seen = form.cleaned_data["other"].partition(":")
    reshaping.swap(session, session_of(int(pk)), request.user, form.cleaned_data["seen"], other_seen)


def _cancel(request: Request, session: Session) -> None:
    data = checked(CancelForm(session, request.POST)).cleaned_data
    reshaping.cancel(session, request.user, data["seen"], data["reason"])


ACTS: dict[str, Callable[[Any, Session], None]] = {"move": _move, "swap": _swap, "cancel": _cancel}
