"""The page from which a ceremony is run. It knows the envelopes, not what is in them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from awards import ceremony
from awards.forms import CueForm
from awards.models import Category, Cue
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
    cues = list(session.award_cues.select_related("category__call"))
    sealed = Category.objects.filter(call__edition=session.edition_id, decisions__kind="honours", cues=None)
    upcoming = next((cue for cue in cues if cue.state == Cue.State.WAITING), None)
    return {
        "session": session,
        "cues": cues,
        "next": upcoming,
        "last": max((cue for cue in cues if cue.staged_at), key=lambda cue: str(cue.staged_at), default=None),
        "staged": any(cue.state == Cue.State.STAGED for cue in cues),
        "sealed": sealed.exclude(decisions__digest="", decisions__kind="honours").distinct(),
        "hold": cues[0].category.call.hold if cues else 0,
    }


@guard.write("awards.present")
def change(request: Request, session: Session) -> HttpResponse:
    """add or drop a category by its id, or action=stage|back of a cue with the "version" that was seen."""
    data = checked(CueForm(request.POST)).cleaned_data
    if data["cue"]:
        cue = get_object_or_404(session.award_cues, pk=data["cue"])
        ceremony.run(cue.pk, data["action"] or "stage", request.user, data["version"] or 0)
    else:
        categories = Category.objects.filter(call__edition=session.edition_id)
        category = get_object_or_404(categories, pk=data["add"] or data["drop"] or 0)
        (ceremony.add if data["add"] else ceremony.drop)(session, category, request.user)
    if request.htmx:
        return render(request, "awards/_ceremony.html", _context(session))
    return redirect("awards:ceremony", session.pk)
