"""Organisations: their pages, claims, verifications, reports of impostors."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cities import trust
from cities.data import case_card
from cities.forms import (
    ClaimForm,
    OrganisationForm,
    ReasonForm,
    ReportForm,
    TrustForm,
    VerdictForm,
    VerifyForm,
    WordsForm,
)
from cities.models import City, Commons, MailDomain, Membership, Organisation, Report, Verification
from cities.views.guard import (
    MANAGES,
    SEES,
    WRITES,
    deciding,
    ending,
    guard,
    office,
    organisations,
    reports,
    trusting,
)
from cities.views.public import rights
from common import clock
from common.pages import SIZE, page_of
from people.request import Request
from sessions.guard import checked


@never_cache
@organisations.page()
def organisation(request: Request, organisation: Organisation) -> HttpResponse:
    """Who it is, why one may trust that, and what it shares. Who speaks for it: those who let their names be seen."""
    members = organisation.memberships.approved().select_related("participant")
    mine = organisation.memberships.filter(participant=request.user.pk).first() if request.user.pk else None
    may = rights(request, organisation)
    decides = may["manage"] or trust.is_focal(request.user, organisation)
    if not decides:
        members = members.filter(participant__visibility="full")
    asked = organisation.memberships.filter(state="asked").select_related("participant")[:SIZE]
    context = {
        "organisation": organisation,
        "verifications": organisation.verifications.standing().select_related("partner"),
        "members": page_of(request, members, name="members"),
        "asked": asked if decides else [],
        "roles": Membership.Role.choices,
        "mine": mine,
        "cases": [*map(case_card, organisation.cases.public().for_cards()[:20])],
        "tools": organisation.tools.filter(is_public=True)[:20],
        "solutions": organisation.solutions.filter(is_public=True)[:20],
        "vouches": organisation.vouches.standing().select_related("organisation")[:50],
        "city": City.objects.filter(organisation=organisation).first(),
        "may": may,
        "decides": decides,
    }
    return render(request, "cities/organisation.html", context)


@organisations.write(WRITES)
def claim(request: Request, organisation: Organisation) -> HttpResponse:
    """Say that one speaks for it."""
    trust.claim(organisation, request.user, checked(WordsForm(request.POST)).cleaned_data["words"])
    return redirect(organisation)


@organisations.write(WRITES)
def report(request: Request, organisation: Organisation) -> HttpResponse:
    """Tell the organisers that it, or who speaks for it (member), is not who they say."""
    sent = checked(ReportForm(request.POST)).cleaned_data
    membership = organisation.memberships.approved().filter(pk=sent["member"]).first() if sent["member"] else None
    trust.report(organisation, request.user, sent["words"], membership)
    return redirect("cities:thanks")


@guard.page()
def thanks(request: Request, commons: Commons) -> HttpResponse:
    """What happens with a report."""
    return render(request, "cities/thanks.html")


@never_cache
@guard.form(WRITES)
def propose(request: Request, commons: Commons) -> HttpResponse:
    """An organisation that is not known yet."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        fields = dict(form.cleaned_data)
        words = fields.pop("words")
        with transaction.atomic():
            trust.propose(request.user, words, **fields)
        return redirect("cities:mine")
    return render(request, "cities/propose.html", {"form": form}, status=422 if form.is_bound else 200)


@deciding.write(SEES)
def decide_claim(request: Request, membership: Membership) -> HttpResponse:
    """action=approve|refuse|end and a role: by organisers, and by focal points of the organisation."""
    sent = checked(ClaimForm(request.POST)).cleaned_data
    trust.decide_claim(membership.pk, request.user, sent["action"], sent["role"])
    return redirect(membership.organisation)


@never_cache
@office.page(MANAGES)
def desk(request: Request, commons: Commons) -> HttpResponse:
    """What waits for the organisers: claims, reports; and all organisations."""
    listed = Organisation.objects.prefetch_related("mail_domains")
    context = {
        "claims": Membership.objects.filter(state="asked").select_related("participant", "organisation")[:200],
        "reports": Report.objects.filter(state="open").select_related("organisation", "membership__participant", "by")[
            :200
        ],
        "page": page_of(request, listed),
        "may": rights(request, commons),
    }
    return render(request, "cities/desk.html", context)


@never_cache
@trusting.form(MANAGES)
def manage(request: Request, organisation: Organisation) -> HttpResponse:
    """What organisers say of it: its data, mail domains, its city; below, why one may trust it."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        form = TrustForm(request.POST if request.method == "POST" else None, instance=locked)
        if form.is_bound and form.is_valid():
            _save(form, request.user)
            return redirect("cities:manage", organisation.slug)
    verifications = organisation.verifications.select_related("by", "partner")
    context = {
        "organisation": organisation,
        "form": form,
        "verify": VerifyForm(_zone(organisation), None),
        "verifications": page_of(request, verifications, name="verifications"),
        "past": page_of(request, organisation.reports.exclude(state="open").order_by("-pk"), name="past"),
        "now": clock.now(),
        "year": clock.now() + timedelta(days=365),
    }
    return render(request, "cities/manage.html", context, status=form.status)


def _save(form: TrustForm, by: Any) -> None:
    organisation, city = form.save(), form.cleaned_data["city"]
    trust.on_record(by, "manage", organisation=organisation.pk)
    domains = form.cleaned_data["domains"]
    organisation.mail_domains.exclude(domain__in=domains).delete()
    MailDomain.objects.bulk_create(
        (MailDomain(organisation=organisation, domain=domain) for domain in domains), ignore_conflicts=True
    )
    City.objects.filter(organisation=organisation).update(organisation=None)
    if city:
        City.objects.filter(pk=city.pk).update(organisation=organisation)


def _zone(organisation: Organisation) -> Any:
    return organisation.edition.host_city.zone if organisation.edition else None


@trusting.write(MANAGES)
def verify(request: Request, organisation: Organisation) -> HttpResponse:
    """Say why one may trust it, until when."""
    sent = checked(VerifyForm(_zone(organisation), request.POST)).cleaned_data
    trust.verify(organisation, request.user, sent["level"], sent["evidence"], sent["until"], sent["partner"])
    return redirect("cities:manage", organisation.slug)


@ending.write(MANAGES)
def unverify(request: Request, verification: Verification) -> HttpResponse:
    """A verification does not hold any more."""
    trust.end(verification, request.user, checked(ReasonForm(request.POST)).cleaned_data["words"])
    return redirect("cities:manage", verification.organisation.slug)


@reports.write(MANAGES)
def decide_report(request: Request, told: Report) -> HttpResponse:
    """action=uphold|dismiss, and what was found."""
    sent = checked(VerdictForm(request.POST)).cleaned_data
    trust.decide_report(told.pk, request.user, sent["action"], sent["words"])
    return redirect("cities:desk")
