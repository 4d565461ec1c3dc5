"""A person's page at the desk: what they hold, and the decisions of organisers."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from common.qr import qr_code
from people import joining
from people.models import AuditEntry, JoinLink, Participant, Registration
from people.refusal import Refused
from people.request import Request
from registration import decisions, registrations, sentences
from registration import links as join_links
from registration.forms.fields import attempt
from registration.forms.people import BanForm, RegistrationForm, RoleForm
from registration.scopes import Scopes
from registration.views.guard import chosen, guard
from sessions.models import Edition


def _participant(edition: Edition, pk: int) -> Participant:
    return get_object_or_404(decisions.people_of(Scopes(edition)), pk=pk)


@never_cache
@guard.page("edition.people")
def person(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """One participant: registrations, roles, bans, join links, record."""
    return person_page(request, edition, _participant(edition, pk))


def person_page(
    request: Request, edition: Edition, participant: Participant, status: int = 200, **more: Any
) -> HttpResponse:
    """The page; `more` replaces parts of its context, such as a form with errors."""
    scopes = Scopes(edition)
    bans = list(participant.bans.filter(scopes.within()).select_related("by", "lifted_by").order_by("-pk")[:20])
    held = list(participant.roles.filter(scopes.within()))
    entries = AuditEntry.objects.filter(scopes.within(), participant_id=participant.pk)[:20]
    names = scopes.names({ban.scope for ban in bans} | {ban.scope for ban in held})
    standing = set(participant.bans.standing().values_list("pk", flat=True))
    context = {
        "participant": participant,
        "edition": edition,
        "registrations": _registrations(scopes, participant, more.pop("changed", None)),
        "held": [{"role": role, "of": names[role.scope]} for role in held],
        "bans": [{"ban": ban, "of": names[ban.scope], "stands": ban.pk in standing} for ban in bans],
        "banned": any(ban.pk in standing and ban.scope == scopes.whole for ban in bans),
        "links": join_links.of(edition, participant),
        "may_be_shown": join_links.may_be_shown(edition, participant),
        "entries": sentences.rows_of(entries, scopes),
        "role_form": RoleForm(scopes),
        "ban_form": BanForm(edition.host_city.zone, decisions.ban_of(participant, scopes.whole)),
        "registration_form": RegistrationForm(auto_id="registration-%s"),
        **more,
    }
    return render(request, "registration/person.html", context, status=status)


def _registrations(scopes: Scopes, participant: Participant, changed: Any) -> list[dict[str, Any]]:
    """The registrations with the form of each; `changed` is (id, form) of one whose change failed."""
    rows = []
    for registration in participant.registrations.filter(scope=scopes.whole).order_by("registered_at"):
        form = _registration_form(registration)
        rows.append(
            {"registration": registration, "form": changed[1] if changed and changed[0] == registration.pk else form}
        )
    return rows


def _registration_form(registration: Registration, data: Any = None) -> RegistrationForm:
    initial = {"pass_type": registration.pass_type, "ticket": registration.ticket}
    return RegistrationForm(data, initial=initial, auto_id=f"registration-{registration.pk}-%s")


@never_cache
@guard.write("edition.people")
def roles(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Give a role, or take one ("take": its id)."""
    participant = _participant(edition, pk)
    if role_pk := request.POST.get("take", ""):
        decisions.take(edition, chosen(participant.roles, role_pk), request.user)
        if not decisions.people_of(Scopes(edition)).filter(pk=pk).exists():
            return redirect("registration:people", edition.slug)
        return redirect("registration:person", edition.slug, pk)
    form = RoleForm(Scopes(edition), request.POST)
    if status := attempt(
        form, lambda data: decisions.give(edition, participant, data["role"], data["scope"], request.user)
    ):
        return person_page(request, edition, participant, status, role_form=form)
    return redirect("registration:person", edition.slug, pk)


@never_cache
@guard.write("edition.people")
def registration(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Add a registration, change one ("change": its id), or cancel or restore one ("cancel", "restore")."""
    participant = _participant(edition, pk)
    held = participant.registrations.filter(scope=f"edition:{edition.pk}")
    for name, operation in {"cancel": registrations.cancel, "restore": registrations.restore}.items():
        if pk_text := request.POST.get(name, ""):
            with transaction.atomic():  # locked: it is saved as a whole
                operation(chosen(held.select_for_update(), pk_text), request.user)
            return redirect("registration:person", edition.slug, pk)
    if pk_text := request.POST.get("change", ""):
        return _change(request, edition, participant, chosen(held, pk_text))
    form = RegistrationForm(request.POST, auto_id="registration-%s")
    if status := attempt(form, lambda data: registrations.add(edition, participant, by=request.user, **data)):
        return person_page(request, edition, participant, status, registration_form=form)
    return redirect("registration:person", edition.slug, pk)


def _change(request: Request, edition: Edition, participant: Participant, registration: Registration) -> HttpResponse:
    with transaction.atomic():
        held = Registration.objects.select_for_update().get(pk=registration.pk)
        form = _registration_form(held, request.POST)
        status = attempt(form, lambda data: registrations.change(held, data["pass_type"], data["ticket"], request.user))
    if status:
        return person_page(request, edition, participant, status, changed=(held.pk, form))
    return redirect("registration:person", edition.slug, participant.pk)


@never_cache
@guard.write("edition.people")
def ban(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Ban with a reason and an end, or lift a ban ("lift": its id)."""
    participant = _participant(edition, pk)
    if ban_pk := request.POST.get("lift", ""):
        decisions.lift(chosen(participant.bans.standing().filter(Scopes(edition).within()), ban_pk), request.user)
        return redirect("registration:person", edition.slug, pk)
    with transaction.atomic():
        Participant.objects.select_for_update(no_key=True).get(pk=pk)
        form = BanForm(edition.host_city.zone, decisions.ban_of(participant, Scopes(edition).whole), request.POST)
        status = attempt(
            form, lambda data: decisions.ban(edition, participant, data["reason"], form.ends, request.user)
        )
    if status:
        return person_page(request, edition, participant, status, ban_form=form)
    return redirect("registration:person", edition.slug, pk)


@never_cache
@guard.write("edition.people")
def links(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Make a join link and show it once with its QR code or mail it ("send"), or revoke ("revoke": id, or "all")."""
    participant = _participant(edition, pk)
    if revoked := request.POST.get("revoke", ""):
        for link in join_links.of(edition, participant):
            if revoked in ("all", str(link.pk)):
                join_links.revoke(link, request.user)
        return redirect("registration:person", edition.slug, pk)
    mailed = bool(request.POST.get("send"))
    link = join_links.make(edition, participant, edition.get_absolute_url(), request.user, mailed)
    return person_page(request, edition, participant, **delivered(request, edition, link))


def delivered(request: Request, edition: Edition, link: JoinLink) -> dict[str, Any]:
    """Context about a new join link: its address and QR code, or `sent`, or `not_sent` with the reason."""
    address = joining.address_of(link, request)
    if link.shown_for is not None:
        return {"address": address, "qr": qr_code(address)}
    try:
        join_links.write_all([(link, address)], edition)
    except Refused as refusal:
        return {"not_sent": str(refusal)}
    return {"sent": True}


@never_cache
@guard.write("edition.people")
def sign_out(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Sign a participant out everywhere."""
    participant = _participant(edition, pk)
    decisions.sign_out(edition, participant, request.user)
    return redirect("registration:person", edition.slug, pk)
