"""The pages of those who speak for a party: writing, proposing, signing, reporting."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cities.models import Organisation
from collaboration import data, drafting, following, signing, speaking, state
from collaboration.forms import ChoiceForm, CommitmentForm, PartyForm, ReportForm, SignForm, StepForm
from collaboration.models import Commitment
from collaboration.views.guard import guard, party
from common.pages import page_of
from common.text import fold
from common.versions import knowingly
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition

SPEAK = "collaboration.speak"


@never_cache
@guard.page(SPEAK)
def mine(request: Request, edition: Edition) -> HttpResponse:
    """The commitments of one's organisations, of every edition; what one is asked about stands first."""
    organisations = speaking.organisations(request.user)
    page = page_of(request, Commitment.objects.of(organisations).order_by("-made_at", "pk"))
    context = {
        "edition": edition,
        "page": page,
        "organisations": organisations,
        "rows": data.rows(page.object_list),
        "asked": following.asked_of(request.user),
    }
    return render(request, "collaboration/mine.html", context)


@guard.write(SPEAK)
def begin(request: Request, edition: Edition) -> HttpResponse:
    """Begin a commitment of an organisation that one speaks for."""
    form = checked(ChoiceForm(speaking.organisations(request.user), request.POST))
    commitment = drafting.begin(edition, form.cleaned_data["organisation"], request.user)
    return redirect("collaboration:edit", commitment.pk)


@never_cache
@party.form(SPEAK)
def edit(request: Request, commitment: Commitment) -> HttpResponse:
    """What is written, and the parties; proposing it makes a text to sign."""
    if request.method != "POST":
        return _edit_page(request, commitment, CommitmentForm(commitment))
    with transaction.atomic():
        commitment = state.MACHINE.current(commitment.pk)
        form = CommitmentForm(commitment, knowingly(request.POST))
        if form.is_valid():
            drafting.save(commitment, form.draft())
            if "propose" in request.POST:
                signing.propose(commitment.pk, request.user)
                return redirect("collaboration:sign", commitment.pk)
            return redirect("collaboration:edit", commitment.pk)
    return _edit_page(request, commitment, form, form.status)


def _edit_page(request: Request, commitment: Commitment, form: CommitmentForm, status: int = 200) -> HttpResponse:
    context = {
        "commitment": commitment,
        "form": form,
        "parties": commitment.parties.select_related("organisation"),
        "own": set(data.parties_of(request.user, commitment).values_list("pk", flat=True)),
        "lacks": signing.lacks(commitment.draft),
    }
    return render(request, "collaboration/edit.html", context, status=status)


@party.write(SPEAK)
def parties(request: Request, commitment: Commitment) -> HttpResponse:
    """Add an organisation by its exact name, or take one out by its id."""
    sent = checked(PartyForm(request.POST)).cleaned_data
    with transaction.atomic():  # locked before it is read: of two who add somebody both stay
        commitment = state.MACHINE.current(commitment.pk)
        organisations = [each.organisation for each in commitment.parties.select_related("organisation")]
        if sent["remove"]:
            organisations = [each for each in organisations if each.pk != sent["remove"]]
        if sent["add"]:
            organisations.append(_named(sent["add"]))
        drafting.set_parties(commitment.pk, organisations, request.user)
    return redirect("collaboration:edit", commitment.pk)


def _named(name: str) -> Organisation:
    named = Organisation.objects.filter(name_folded=fold(name).strip(), is_public=True)[:2]
    if len(named) != 1:
        raise Refused(_("There is no organisation of exactly this name, or more than one."), 422)
    return named[0]


@party.write(SPEAK)
def step(request: Request, commitment: Commitment) -> HttpResponse:
    """action=drop|withdraw, "reason", and the "version" that was seen."""
    sent = checked(StepForm(request.POST)).cleaned_data
    if sent["action"] == "drop":
        signing.drop(commitment.pk, request.user, expected=sent["version"])
        return redirect("collaboration:edit", commitment.pk)
    if sent["action"] == "withdraw":
        state.step(commitment.pk, "withdraw", request.user, expected=sent["version"], reason=sent["reason"])
    return redirect(commitment)


@never_cache
@party.form(SPEAK)
def sign(request: Request, commitment: Commitment) -> HttpResponse:
    """The text that waits to be signed, as it will be signed; a party's yes to it."""
    organisations = speaking.signs_for(request.user).filter(pk__in=commitment.parties.values("organisation"))
    if request.method == "POST":
        sent = checked(SignForm(organisations, request.POST)).cleaned_data
        signing.sign(commitment.pk, sent["organisation"], request.user, sent["digest"], sent["office"])
        return redirect("collaboration:sign", commitment.pk)
    version = commitment.proposed or commitment.in_force
    parties = list(commitment.parties.select_related("organisation"))
    text = data.text_of(version, parties) if version else None
    signed = [each["organisation"].pk for each in text["parties"] if each["signature"]] if text else []
    context: dict[str, Any] = {
        "commitment": commitment,
        "text": text,
        "mine": organisations.exclude(pk__in=signed),
        "waits": commitment.proposed is not None,
        "signs": organisations.exists(),
    }
    return render(request, "collaboration/sign.html", context)


@never_cache
@party.form(SPEAK)
def report(request: Request, commitment: Commitment) -> HttpResponse:
    """Say how it stands."""
    form = ReportForm(data.parties_of(request.user, commitment), request.POST or None)
    if request.method == "POST" and form.is_valid():
        following.tell(commitment.pk, form.save(commit=False), request.user)
        return redirect(commitment)
    context = {"commitment": commitment, "form": form}
    return render(request, "collaboration/report.html", context, status=422 if form.is_bound else 200)
