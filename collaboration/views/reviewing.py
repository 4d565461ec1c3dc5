"""The organisers' pages: what is promised and how it stands, and the signings of a session."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from collaboration import data, stage, state
from collaboration.forms import SigningForm, StepForm
from collaboration.models import Commitment, State
from collaboration.views.guard import office, on_stage, staff
from common.pages import page_of
from people.permissions import can
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition, Session

# What a review speaks about first: what nobody hears of, what is late, what is said to be done.
REVIEWED = (State.SILENT, State.LATE, State.DONE, State.TRACK, State.WITHDRAWN, State.SIGNING)


@never_cache
@office.page("collaboration.manage")
def review(request: Request, edition: Edition) -> HttpResponse:
    """The review list of an edition: what was promised at this and earlier ones, by how it stands."""
    until = Commitment.objects.filter(edition__start_date__lte=edition.start_date).exclude(state=State.DRAFT)
    shown = request.GET.get("state", State.SILENT)
    shown = shown if shown in REVIEWED else State.SILENT
    page = page_of(request, until.filter(state=shown).order_by("spoken_at", "due"))
    context = {
        "edition": edition,
        "tabs": data.state_counts(until, REVIEWED),
        "shown": shown,
        "page": page,
        "rows": data.rows(page.object_list),
    }
    return render(request, "collaboration/review.html", context)


@staff.write("collaboration.manage")
def reopen(request: Request, commitment: Commitment) -> HttpResponse:
    """Open a commitment again whose evidence does not show that it is done: "reason", "version"."""
    sent = checked(StepForm(request.POST)).cleaned_data
    state.step(commitment.pk, "reopen", request.user, expected=sent["version"], reason=sent["reason"])
    return redirect(commitment)


@never_cache
@on_stage.page("collaboration.present")
def signings(request: Request, session: Session) -> HttpResponse:
    """The commitments that are signed in a session; organisers bring them there."""
    template = "collaboration/_signings.html" if request.htmx else "collaboration/signings.html"
    return render(request, template, _signings(request, session))


def _signings(request: Request, session: Session) -> dict[str, Any]:
    listed = session.signings.select_related("commitment__in_force")
    waiting: Any = []
    if may_bring := can(request.user, "collaboration.manage", session.edition):
        ready = Commitment.objects.filter(edition=session.edition_id, state=State.SIGNING).exclude(signings__in=listed)
        waiting = page_of(request, ready.order_by("title", "pk"), name="waiting")
    rows = [{"signing": signing, "table": stage.table_of(signing)} for signing in listed]
    return {"session": session, "rows": rows, "waiting": waiting, "may_bring": may_bring}


@on_stage.write("collaboration.present")
def change(request: Request, session: Session) -> HttpResponse:
    """bring=<commitment>, or a signing with action=open|close|remove and the "version" that was seen."""
    sent = checked(SigningForm(request.POST)).cleaned_data
    if sent["bring"]:
        if not can(request.user, "collaboration.manage", session.edition):
            raise Refused("", 404)
        stage.bring(session, get_object_or_404(Commitment, pk=sent["bring"], edition=session.edition_id), request.user)
    elif sent["signing"]:
        signing = get_object_or_404(session.signings, pk=sent["signing"])
        if sent["action"] == "remove":
            stage.take_away(signing, request.user)
        else:
            stage.step(signing.pk, sent["action"], request.user, expected=sent["version"])
    if request.htmx:
        return render(request, "collaboration/_signings.html", _signings(request, session))
    return redirect("collaboration:signings", session.pk)
