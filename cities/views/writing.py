"""The pages of a case's team: one's own cases, writing, asking for a review, the dialogue."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cities import origins, state, writing
from cities.content import completeness, lacks
from cities.forms import BeginForm, CaseForm, StepForm, WordsForm
from cities.models import Case, Commons
from cities.views.guard import WRITES, guard, own
from cities.views.public import my_organisations
from common.pages import page_of
from common.registry import registry
from common.versions import knowingly
from people.request import Request
from sessions.guard import checked


@never_cache
@guard.page(WRITES)
def mine(request: Request, commons: Commons) -> HttpResponse:
    """One's own cases and those of one's organisations, tools and solutions, and what one may begin."""
    context = {
        "cases": page_of(request, Case.objects.of_team(request.user).with_place().order_by("-saved_at", "pk")),
        "memberships": my_organisations(request.user),
        "claims": request.user.organisations.filter(state="asked").select_related("organisation"),
        "begin": BeginForm(request.user),
        "has_origins": bool(registry.origins) and origins.organisations(request.user).exists(),
    }
    return render(request, "cities/mine.html", context)


@guard.write(WRITES)
def begin(request: Request, commons: Commons) -> HttpResponse:
    """Begin a case of one's organisation."""
    organisation = checked(BeginForm(request.user, request.POST)).cleaned_data["organisation"]
    return redirect("cities:edit", writing.begin(request.user, organisation).pk)


@never_cache
@own.form(WRITES)
def edit(request: Request, case: Case) -> HttpResponse:
    """The form of a case; "submit" asks for a review."""
    if request.method != "POST":
        return _show(request, case, CaseForm(case))
    with transaction.atomic():
        case = state.MACHINE.current(case.pk)
        form = CaseForm(case, knowingly(request.POST))
        if form.is_valid():
            writing.save(case, form.draft())
    if not form.is_valid():
        return _show(request, case, form, form.status)
    if request.POST.get("submit"):
        state.step(case.pk, "submit", request.user)
    return redirect("cities:own", case.pk)


def _show(request: Request, case: Case, form: CaseForm, status: int = 200) -> HttpResponse:
    can_write = case.state in writing.WRITTEN
    return render(request, "cities/edit.html", {"case": case, "form": form, "can_write": can_write}, status=status)


@never_cache
@own.page(WRITES)
def receipt(request: Request, case: Case) -> HttpResponse:
    """Where a case stands: what is missing, the dialogue, what its team may do."""
    steps = [(action, step.label) for action, step in state.OWN_STEPS.items() if case.state in step.sources]
    context: dict[str, Any] = {
        "case": case,
        "origin": origins.named(case),
        "draft": case.draft,
        "percent": completeness(case.draft),
        "lacks": lacks(case.draft),
        "steps": steps,
        "pictures": case.pictures.written().count(),
        "can_write": case.state in writing.WRITTEN,
        "dialogue": page_of(request, case.messages.select_related("author").order_by("-pk"), name="dialogue"),
    }
    return render(request, "cities/own.html", context)


@own.write(WRITES)
def step(request: Request, case: Case) -> HttpResponse:
    """action=submit|recall|withdraw|resume, and the "version" that was seen."""
    sent = checked(StepForm(request.POST)).cleaned_data
    if sent["action"] in state.OWN_STEPS:
        state.step(case.pk, sent["action"], request.user, expected=sent["version"])
    return redirect("cities:own", case.pk)


@own.write(WRITES)
def say(request: Request, case: Case) -> HttpResponse:
    """A word to the editors."""
    writing.say(case, request.user, checked(WordsForm(request.POST)).cleaned_data["words"], from_team=True)
    return redirect("cities:own", case.pk)
