"""The page from which a ceremony is run. It knows the envelopes, not what is in them."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from awards import audience, ceremony
from awards.forms import CueForm
from awards.models import AUDIENCE, PUBLIC, Category, Cue, Kind
from common.registry import registry
from people.models import Participant
from people.request import Request
from sessions.guard import Guard, checked
from sessions.models import Session

guard = Guard("session.view")


@never_cache
@guard.page("awards.present")
def ceremony_page(request: Request, session: Session) -> HttpResponse:
    """The cues of a session, and the categories that may come into its ceremony."""
    template = "awards/_ceremony.html" if request.htmx else "awards/ceremony.html"
    return render(request, template, _context(session))


def _context(session: Session) -> dict[str, Any]:
    cues = list(session.award_cues.select_related("category__call", "category__vote"))
    rows = _rows(cues)
    last = max((cue for cue in cues if cue.staged_at), key=lambda cue: str(cue.staged_at), default=None)
    categories = Category.objects.filter(call__edition=session.edition_id, cues=None)
    sealed = categories.filter(decisions__kind="honours").exclude(decisions__digest="", decisions__kind="honours")
    return {
        "session": session,
        "rows": rows,
        "next": next((row for row in rows if row["cue"].state == Cue.State.WAITING), None),
        "last": last,
        "staged": any(cue.state == Cue.State.STAGED for cue in cues),
        "sealed": sealed.distinct(),
        "audience": categories.filter(kind=Kind.AUDIENCE),
        "among": Category.objects.filter(call__edition=session.edition_id, entries__state__in=PUBLIC).distinct(),
        "hold": cues[0].category.call.hold if cues else 0,
    }


def _rows(cues: list[Cue]) -> list[dict[str, Any]]:
    """The cues; of audience awards with where their vote stands, never with what it says."""
    votes = {cue.pk: cue.category.vote.number for cue in cues if cue.honour == AUDIENCE}
    standing = registry.vote().look(list(votes.values())) if votes else {}
    return [{"cue": cue, "vote": standing.get(votes.get(cue.pk, 0))} for cue in cues]


@guard.write("awards.present")
def change(request: Request, session: Session) -> HttpResponse:
    """What is done: with a "cue", action=stage|back and the "version" that was seen, or vote=open|close.

    Or a category, by its id, to "add" or "drop"; an audience award is voted "among" the finalists of one, or all.
    """
    data = checked(CueForm(request.POST)).cleaned_data
    if data["cue"]:
        _run(get_object_or_404(session.award_cues, pk=data["cue"]), data, request.user)
    else:
        categories = Category.objects.filter(call__edition=session.edition_id)
        category = get_object_or_404(categories, pk=data["add"] or data["drop"] or 0)
        if data["add"]:
            among = get_object_or_404(categories, pk=data["among"]) if data["among"] else None
            ceremony.add(session, category, request.user, among)
        else:
            ceremony.drop(session, category, request.user)
    if request.htmx:
        return render(request, "awards/_ceremony.html", _context(session))
    return redirect("awards:ceremony", session.pk)


def _run(cue: Cue, data: dict[str, Any], by: Participant) -> None:
    if data["vote"]:
        with transaction.atomic():
            audience.step(cue, data["vote"], by, data["seen"] or 0)
    else:
        ceremony.run(cue.pk, data["action"] or "stage", by, data["version"] or 0)
