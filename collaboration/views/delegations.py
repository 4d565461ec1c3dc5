"""Delegations: the public list, the focal points' desk, the organisers' list, the protocol's list."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from collaboration import delegating, planned, printed, protocol
from collaboration.forms import (
    DelegateForm,
    DelegationForm,
    FocalPointForm,
    NeedForm,
    QuotaForm,
    StepForm,
)
from collaboration.models import Delegation
from collaboration.views.guard import delegation_staff, desk, guard, office
from common import tables
from common.pages import page_of
from people import audit
from people.permissions import can
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition

DELEGATE, MANAGE = "collaboration.delegate", "collaboration.manage"


@guard.page()
def public(request: Request, edition: Edition) -> HttpResponse:
    """Who sends a delegation, and what the delegations look for in public. Nobody's name."""
    words = request.GET.get("q", "")[:80].strip()
    page = page_of(request, protocol.with_needs(edition, words))
    mine = delegating.managed_by(request.user, edition) if request.user.is_authenticated else []
    context = {
        "edition": edition,
        "page": page,
        "q": words,
        "mine": mine,
        "travels": planned.travels_with(request.user, edition.pk) if request.user.is_authenticated else [],
        "manages": can(request.user, MANAGE, edition),
    }
    return render(request, "collaboration/delegations.html", context)


@never_cache
@office.form(MANAGE)
def manage(request: Request, edition: Edition) -> HttpResponse:
    """The organisers' list: national delegations with their cities, and how far each is; a form for another."""
    form = DelegationForm(edition, request.POST or None, instance=Delegation(edition=edition))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            delegation = form.save()
            audit.record(request.user, "collaboration.delegation", edition.room_key, delegation=delegation.pk)
        return redirect(delegation)
    words, waiting = request.GET.get("q", "")[:80].strip(), "waiting" in request.GET
    page = page_of(request, protocol.overview(edition, words, waiting=waiting))
    context = {
        "edition": edition,
        "form": form,
        "page": page,
        "totals": protocol.totals(edition),
        "q": words,
        "waiting": waiting,
    }
    return render(request, "collaboration/manage.html", context, status=422 if form.is_bound else 200)


@never_cache
@desk.page(DELEGATE)
def delegation(request: Request, delegation: Delegation) -> HttpResponse:
    """The desk of one delegation."""
    return _desk(request, delegation, DelegateForm())


def _desk(request: Request, delegation: Delegation, form: DelegateForm, status: int = 200) -> HttpResponse:
    manages = can(request.user, MANAGE, delegation)
    page = page_of(request, delegation.delegates.all())
    delegates = list(page)
    for delegate in delegates:
        delegate.delegation = delegation
    own, nation = delegating.roles_of(request.user, delegation)
    steps = delegating.STEPS
    context: dict[str, Any] = {
        "edition": delegation.edition,
        "delegation": delegation,
        "rows": [
            {
                "delegate": delegate,
                "offers": [
                    (name, steps[name].label)
                    for name in delegating.offered(delegate.state, own=own, nation=nation, organiser=manages)
                ],
            }
            for delegate in delegates
        ],
        "page": page,
        "taken": delegation.delegates.filter(state__in=delegating.COUNTED).count(),
        "needs": delegation.needs.all(),
        "inner": protocol.overview(delegation.edition, "", within=delegation) if delegation.within_id is None else [],
        "points": delegation.focal_points.all(),
        "form": form,
        "quota": QuotaForm(instance=delegation),
        "manages": manages,
        "writes": own or manages,
        "travels": planned.belongs(request.user, delegation),
    }
    return render(request, "collaboration/delegation.html", context, status=status)


@desk.write(DELEGATE)
def nominate(request: Request, delegation: Delegation) -> HttpResponse:
    """Put somebody on the list."""
    delegating.may_write(request.user, delegation, can(request.user, MANAGE, delegation))
    form = DelegateForm(request.POST)
    if not form.is_valid():
        return _desk(request, delegation, form, 422)
    delegating.nominate(delegation, form.save(commit=False), request.user)
    return redirect(delegation)


@desk.write(DELEGATE)
def step(request: Request, delegation: Delegation, number: int) -> HttpResponse:
    """A step with somebody on the list: "action", and the "version" that was seen."""
    sent = checked(StepForm(request.POST)).cleaned_data
    delegate = get_object_or_404(delegation.delegates, pk=number)
    organiser = can(request.user, MANAGE, delegation)
    delegating.take(delegate.pk, sent["action"], request.user, organiser, expected=sent["version"])
    return redirect(delegation)


@desk.write(DELEGATE)
def needs(request: Request, delegation: Delegation) -> HttpResponse:
    """Write down what is looked for (text), or publish, hide or delete one of it."""
    delegating.may_write(request.user, delegation, can(request.user, MANAGE, delegation))
    sent = checked(NeedForm(request.POST)).cleaned_data
    if sent["need"]:
        need = get_object_or_404(delegation.needs, pk=sent["need"])
        if sent["action"] == "delete":
            need.delete()
        else:
            delegating.publish(need, sent["action"] == "publish")
    elif sent["text"]:
        delegating.look_for(delegation, sent["text"], request.user)
    return redirect(delegation)


@delegation_staff.write(MANAGE)
def settings(request: Request, delegation: Delegation) -> HttpResponse:
    """The organisers set how many places a delegation has."""
    with transaction.atomic():
        found = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        checked(QuotaForm(request.POST, instance=found)).save()
        details = {"delegation": found.pk, "quota": found.quota}
        audit.record(request.user, "collaboration.quota", delegation.edition.room_key, **details)
    return redirect(delegation)


@delegation_staff.write(MANAGE)
def points(request: Request, delegation: Delegation) -> HttpResponse:
    """The organisers say who manages a delegation (email), or no longer does (remove)."""
    sent = checked(FocalPointForm(request.POST)).cleaned_data
    if sent["remove"]:
        delegating.remove_focal_point(delegation, sent["remove"], request.user)
    elif sent["email"]:
        delegating.add_focal_point(delegation, sent["email"], request.user)
    return redirect(delegation)


@never_cache
@office.page(MANAGE)
def protocol_page(request: Request, edition: Edition) -> HttpResponse:
    """The protocol's list to print: each national delegation with its cities, heads first."""
    context = {"edition": edition, "nations": protocol.nations(edition)}
    return render(request, "collaboration/protocol.html", context)


@never_cache
@office.page(MANAGE)
def protocol_csv(request: Request, edition: Edition) -> HttpResponse:
    """The protocol's list as a table."""
    audit.record(request.user, "collaboration.export", edition.room_key, form="csv")
    return tables.download(protocol.as_csv(edition), f"delegations-{edition.slug}.csv")


@never_cache
@office.page(MANAGE)
def protocol_pdf(request: Request, edition: Edition) -> HttpResponse:
    """The protocol's list as a PDF; where a name has letters that no font here draws, a page says so."""
    try:
        drawn = printed.as_pdf(edition)
    except printed.Undrawn as error:
        return render(request, "collaboration/undrawn.html", {"edition": edition, "scripts": error.scripts})
    audit.record(request.user, "collaboration.export", edition.room_key, form="pdf")
    return tables.download(drawn, f"delegations-{edition.slug}.pdf", "application/pdf")
