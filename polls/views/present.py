"""Running polls: their steps, and on to the next one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.refusal import Refused
from people.request import Request
from polls import state
from polls.forms import NextForm, StepForm
from polls.models import Poll
from polls.views.guard import guard
from sessions.guard import checked
from sessions.models import Session

OPENING = ("open", "again")


@guard.write("polls.present")
def step(request: Request, poll: Poll) -> HttpResponse:
    """action=schedule|open|close|again|archive|reveal|hide; "version" is what the person saw.

    Who opens a poll while another is open is offered to close that one; "instead" is its id.
    """
    form = checked(StepForm(request.POST))
    action, expected, instead = (form.cleaned_data[name] for name in ("action", "version", "instead"))
    other = Poll.open_in(poll.session_id)
    if action in OPENING and other and other != poll and not instead:
        return _offer(request, poll, other, form.cleaned_data)
    if action == "open" or (action == "again" and instead):
        state.open_now(poll.pk, request.user, expected=expected, instead=instead)
    elif action in (*state.STEPS, "reveal", "hide"):
        state.step(poll.pk, action, request.user, expected=expected)
    else:
        raise Refused(_("There is no such step."))
    return done(request, poll.session)


def _offer(request: Request, poll: Poll, other: Poll, step: dict[str, object]) -> HttpResponse:
    """Nothing is done yet: the open poll may be closed for this one."""
    context = {"poll": poll, "other": other, "session": poll.session, "step": step}
    if not request.htmx:
        return render(request, "polls/instead.html", context, status=409)
    response = render(request, "polls/_instead.html", context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#poll-offer", "outerHTML"
    return response


@guard.write("polls.present")
def next_poll(request: Request, session: Session) -> HttpResponse:
    """Close the open poll and open the one that follows.

    "expected" is the id of the one the person saw open, "draft" that of the draft they were told would open.
    """
    form = checked(NextForm(request.POST))
    state.next_poll(session, request.user, **form.cleaned_data)
    return done(request, session)


def done(request: Request, session: Session) -> HttpResponse:
    """What changed comes over the socket; without htmx the list is shown again."""
    if request.htmx:
        return HttpResponse(status=204)
    back = "show:speaker" if request.POST.get("from") == "speaker" else "polls:list"
    return redirect(back, session.pk)
