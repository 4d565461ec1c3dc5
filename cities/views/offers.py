"""The toolbox and the solution pool. Both work alike: `_list`, `_edit` ... do what the views of both say."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cities import finding, offering, trust
from cities.forms import BeginForm, SolutionForm, SolutionUseForm, StepForm, ToolForm, UseForm
from cities.models import Commons, Membership, Solution, Tool
from cities.tags import label, split, tags_of
from cities.views.guard import (
    EDITS,
    WRITES,
    edit_solution,
    edit_tool,
    guard,
    own_solution,
    own_tool,
    solutions,
    tools,
)
from cities.views.public import rights
from common.pages import page_of
from common.shared import shared
from people.request import Request
from sessions.guard import checked

FORMS: dict[Any, Any] = {Tool: (ToolForm, UseForm), Solution: (SolutionForm, SolutionUseForm)}


def _name(model: Any) -> str:
    return str(model._meta.model_name)


def _list(request: Request, commons: Commons, model: Any, facets: tuple[str, ...]) -> HttpResponse:
    finder = finding.Finder(
        model.objects.filter(is_public=True), request.GET, finding.facets(*facets), ("name", "text")
    )
    found = finder.found().select_related("organisation").prefetch_related("tags", "uses__city")
    context: dict[str, Any] = {"finder": finder, "page": page_of(request, found)}
    context |= {"name": _name(model), "may": rights(request, commons)}
    if request.htmx:
        return render(request, "cities/_offers.html", context)
    context["begin"] = BeginForm(request.user) if Membership.objects.of(request.user).exists() else None
    return render(request, "cities/offers.html", context)


def _page(request: Request, offer: Any) -> HttpResponse:
    is_team, may = trust.is_team(request.user, offer), rights(request, offer)
    use_form = (
        FORMS[type(offer)][1](request.user, seen=offering.uses_seen(offer))
        if may["write"] and offer.is_public
        else None
    )
    themes, targets = split(offer.tags.all())
    steps = offering.OWN_STEPS if is_team else {}
    context = {
        "offer": offer,
        "name": _name(type(offer)),
        "themes": [label(code) for code in [*themes, *targets]],
        "uses": page_of(request, offering.uses_of(offer), name="uses"),
        "use_form": use_form if use_form and use_form.fields["city"].queryset.exists() else None,
        "is_team": is_team,
        "steps": [(name, step.label) for name, step in steps.items() if offer.state in step.sources],
        "decisions": [(name, step.label) for name, step in offering.STEPS.items() if offer.state in step.sources],
        "may": may,
    }
    return render(request, "cities/offer.html", context)


def _new(request: Request, model: Any) -> HttpResponse:
    begin = BeginForm(request.user, request.POST if request.method == "POST" else None)
    form = FORMS[model][0](request.POST if request.method == "POST" else None, instance=model())
    if begin.is_bound and begin.is_valid() and form.is_valid():
        form.instance.owner, form.instance.organisation = request.user, begin.cleaned_data["organisation"]
        with transaction.atomic():
            offer = form.save()
            offer.tags.set(tags_of([*form.cleaned_data["themes"], *form.cleaned_data["targets"]]))
        return redirect(offer)
    context = {"form": form, "begin": begin, "name": _name(model)}
    return render(request, "cities/offer_edit.html", context, status=422 if form.is_bound else 200)


def _edit(request: Request, offer: Any) -> HttpResponse:
    model = type(offer)
    with transaction.atomic():
        locked = offering.MACHINES[model].current(offer.pk)
        form = FORMS[model][0](request.POST if request.method == "POST" else None, instance=locked)
        if form.is_bound and form.is_valid():
            offering.written(form.instance)
            form.save()
            locked.tags.set(tags_of([*form.cleaned_data["themes"], *form.cleaned_data["targets"]]))
            return redirect(offer)
    context = {"form": form, "offer": offer, "name": _name(model)}
    return render(request, "cities/offer_edit.html", context, status=form.status)


def _step(request: Request, offer: Any, steps: Any) -> HttpResponse:
    sent = checked(StepForm(request.POST)).cleaned_data
    if sent["action"] in steps:
        machine = offering.MACHINES[type(offer)]
        machine.take(offer.pk, sent["action"], request.user, expected=sent["version"], words=sent["words"])
    return redirect(offer)


def _use(request: Request, offer: Any) -> HttpResponse:
    sent = checked(FORMS[type(offer)][1](request.user, request.POST)).cleaned_data
    offering.use(offer, sent["city"], request.user, sent["words"], sent["source"], sent["seen"])
    return redirect(offer)


@shared
@guard.page()
def tool_list(request: Request, commons: Commons) -> HttpResponse:
    """The toolbox: ?q=, ?kind=, ?theme=."""
    return _list(request, commons, Tool, ("kind", "theme"))


@shared
@guard.page()
def solution_list(request: Request, commons: Commons) -> HttpResponse:
    """The solution pool: ?q=, ?theme=, ?target=."""
    return _list(request, commons, Solution, ("theme", "target"))


@never_cache
@tools.page()
def tool(request: Request, offer: Tool) -> HttpResponse:
    """A tool, and who has used it."""
    return _page(request, offer)


@never_cache
@solutions.page()
def solution(request: Request, offer: Solution) -> HttpResponse:
    """A solution: what cities say of it comes before the provider's words."""
    return _page(request, offer)


@never_cache
@guard.form(WRITES)
def new_tool(request: Request, commons: Commons) -> HttpResponse:
    """A tool of one's organisation."""
    return _new(request, Tool)


@never_cache
@guard.form(WRITES)
def new_solution(request: Request, commons: Commons) -> HttpResponse:
    """A solution of one's organisation."""
    return _new(request, Solution)


@never_cache
@own_tool.form(WRITES)
def edit_tool_page(request: Request, offer: Tool) -> HttpResponse:
    """The form of a tool."""
    return _edit(request, offer)


@never_cache
@own_solution.form(WRITES)
def edit_solution_page(request: Request, offer: Solution) -> HttpResponse:
    """The form of a solution."""
    return _edit(request, offer)


@own_tool.write(WRITES)
def step_tool(request: Request, offer: Tool) -> HttpResponse:
    """action=submit|withdraw|resume."""
    return _step(request, offer, offering.OWN_STEPS)


@own_solution.write(WRITES)
def step_solution(request: Request, offer: Solution) -> HttpResponse:
    """action=submit|withdraw|resume."""
    return _step(request, offer, offering.OWN_STEPS)


@edit_tool.write(EDITS)
def decide_tool(request: Request, offer: Tool) -> HttpResponse:
    """action=publish|return."""
    return _step(request, offer, offering.STEPS)


@edit_solution.write(EDITS)
def decide_solution(request: Request, offer: Solution) -> HttpResponse:
    """action=publish|return."""
    return _step(request, offer, offering.STEPS)


@tools.write(WRITES)
def use_tool(request: Request, offer: Tool) -> HttpResponse:
    """One's own city has used it."""
    return _use(request, offer)


@solutions.write(WRITES)
def use_solution(request: Request, offer: Solution) -> HttpResponse:
    """One's own city has used it."""
    return _use(request, offer)
