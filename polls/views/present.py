"""Running polls: the speaker's view, the stage screen, and the steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.qr import qr_code
from live.models import Presence
from people.models import EventCode
from people.refusal import Refused
from people.request import Request
from polls import listing, state
from polls.data import screen_data
from polls.forms import StepForm
from polls.models import Poll
from polls.views.guard import guard
from sessions.guard import checked
from sessions.models import Session


@guard.page("polls.present", follow=True)
def presenter(request: Request, session: Session) -> HttpResponse:
    """The speaker's view: the poll of the moment large, the next ones beside it."""
    context = _shown(session)
    rows = listing.rows(session)
    current = (context["screen"]["poll"] or {}).get("id")
    now = next((row for row in rows if row["id"] == current), None)
    return render(request, "polls/presenter.html", context | {"rows": rows, "now": now})


@guard.page("polls.present", follow=True)
def screen(request: Request, session: Session) -> HttpResponse:
    """The stage screen: for a projector, without controls, with a code to join."""
    hall = EventCode.of(session.room_key)
    path = reverse("registration:hall", args=[hall.code]) if hall else session.get_absolute_url()
    address = request.build_absolute_uri(path)
    context = _shown(session) | {"address": address, "code": qr_code(address)}
    return render(request, "polls/screen.html", context)


def _shown(session: Session) -> dict[str, Any]:
    present = Presence.counts([session.room_key]).get(session.room_key, 0)
    return {"session": session, "screen": screen_data(session), "present": present, "role": "speaker"}


@guard.write("polls.present")
def step(request: Request, poll: Poll) -> HttpResponse:
    """action=schedule|open|close|again|archive|reveal|hide; "version" is what the person saw."""
    form = checked(StepForm(request.POST))
    action, expected = form.cleaned_data["action"], form.cleaned_data["version"]
    if action == "open":
        state.open_now(poll.pk, request.user, expected=expected)
    elif action in (*state.STEPS, "reveal", "hide"):
        state.step(poll.pk, action, request.user, expected=expected)
    else:
        raise Refused(_("There is no such step."))
    return done(request, poll.session)


@guard.write("polls.present")
def next_poll(request: Request, session: Session) -> HttpResponse:
    """Close the open poll and open the next one; "expected" is the id of the one the person saw open."""
    state.next_poll(session, request.user, expected=request.POST.get("expected", "")[:20])
    return done(request, session)


def done(request: Request, session: Session) -> HttpResponse:
    """What changed comes over the socket; without htmx the list is shown again."""
    if request.htmx:
        return HttpResponse(status=204)
    back = "polls:presenter" if request.POST.get("from") == "presenter" else "polls:list"
    return redirect(back, session.pk)
