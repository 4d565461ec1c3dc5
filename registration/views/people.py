"""The organisers' people page: who is registered, what they may do, and what was done."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people import account, audit, joining
from people.models import AuditEntry, Ban, JoinLink, Participant, Registration, Role
from people.request import Request
from registration import desk
from registration import links as join_links
from registration.forms import BanForm, InviteForm, PeopleFilter, RoleForm
from registration.views.guard import of_edition
from sessions.guard import checked
from sessions.models import Edition
from sessions.tables import as_csv

PAGE = 50


def _narrowed(request: Request, edition: Edition) -> tuple[PeopleFilter, Any]:
    narrowed = PeopleFilter(request.GET)
    scopes = list(desk.scopes_of(edition))
    found = narrowed.apply(desk.people_of(edition), scopes, f"edition:{edition.pk}")
    return narrowed, found.distinct().order_by("name", "pk")


@require_GET
@of_edition
def people(request: Request, edition: Edition) -> HttpResponse:
    """Search and filter; htmx gets the list only."""
    narrowed, found = _narrowed(request, edition)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": narrowed,
        "page": page,
        "rows": _rows(edition, list(page.object_list)),
        "scopes": desk.scopes_of(edition),
        "roles": RoleForm().fields["role"].choices,  # type: ignore[attr-defined]
    }
    part = "#list" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"registration/people.html{part}", context)


def _rows(edition: Edition, found: list[Participant]) -> list[dict[str, Any]]:
    """What the list shows of each: passes, roles, whether they are banned."""
    scope, scopes = f"edition:{edition.pk}", desk.scopes_of(edition)
    rows: dict[int, dict[str, Any]] = {
        one.pk: {"participant": one, "passes": [], "roles": [], "banned": False} for one in found
    }
    for one in Registration.objects.filter(participant__in=rows, scope=scope, cancelled_at=None):
        rows[one.participant_id]["passes"].append(one.get_pass_type_display())
    for role in Role.objects.filter(participant__in=rows, scope__in=scopes):
        rows[role.participant_id]["roles"].append({"name": role.get_name_display(), "of": scopes[role.scope]})
    for pk in Ban.objects.standing().filter(participant__in=rows, scope=scope).values_list("participant", flat=True):
        rows[pk]["banned"] = True
    return list(rows.values())


@require_GET
@of_edition
def export(request: Request, edition: Edition) -> HttpResponse:
    """The people who match, as CSV."""
    columns = ["name", "email", "organisation", "job_title", "city", "country", "passes", "roles", "banned"]
    rows = []
    for row in _rows(edition, list(_narrowed(request, edition)[1])):
        told = {name: getattr(row["participant"], name) for name in columns[:6]}
        roles = "; ".join(f"{role['name']}: {role['of']}" for role in row["roles"])
        rows.append(told | {"passes": "; ".join(row["passes"]), "roles": roles, "banned": row["banned"]})
    audit.record(request.user, "people.export", f"edition:{edition.pk}", rows=len(rows))
    response = HttpResponse(as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{edition.slug}-people.csv"'
    return response


def _participant(edition: Edition, pk: int) -> Participant:
    return get_object_or_404(desk.people_of(edition).distinct(), pk=pk)


@require_GET
@of_edition
def person(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """One participant: registrations, roles, bans, join links, record."""
    return _page(request, edition, _participant(edition, pk))


def _page(request: Request, edition: Edition, participant: Participant, **more: Any) -> HttpResponse:
    scopes = desk.scopes_of(edition)
    bans = participant.bans.filter(scope=f"edition:{edition.pk}").select_related("by", "lifted_by").order_by("-pk")
    held = [{"role": one, "of": scopes[one.scope]} for one in participant.roles.filter(scope__in=scopes)]
    context = {
        "participant": participant,
        "registrations": participant.registrations.filter(scope=f"edition:{edition.pk}"),
        "held": held,
        "scopes": scopes,
        "roles": RoleForm().fields["role"].choices,  # type: ignore[attr-defined]
        "bans": bans,
        "ban": bans.standing().first(),
        "ban_form": BanForm(edition.host_city.zone),
        "may_be_shown": join_links.may_be_shown(edition, participant),
        "links": join_links.of(edition, participant)[:5],
        "entries": told(AuditEntry.objects.filter(participant_id=participant.pk, scope__in=scopes)[:20], scopes),
        **more,
    }
    return render(request, "registration/person.html", context)


@require_POST
@of_edition
def roles(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Give a role, or take one ("take": its id)."""
    participant = _participant(edition, pk)
    if taken := request.POST.get("take", ""):
        role = get_object_or_404(participant.roles, pk=taken if taken.isdecimal() and len(taken) < 19 else 0)
        desk.take(edition, role, request.user)
    else:
        data = checked(RoleForm(request.POST)).cleaned_data
        desk.give(edition, participant, data["role"], data["scope"], request.user)
    if not desk.people_of(edition).filter(pk=pk).exists():
        return redirect("registration:people", edition.slug)
    return redirect("registration:person", edition.slug, pk)


@require_POST
@of_edition
def ban(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Ban with a reason and an end, or lift the ban that stands ("lift")."""
    participant = _participant(edition, pk)
    if request.POST.get("lift"):
        for standing in participant.bans.standing().filter(scope=f"edition:{edition.pk}"):
            desk.lift(standing, request.user)
    else:
        data = checked(BanForm(edition.host_city.zone, request.POST)).cleaned_data
        desk.ban(edition, participant, data["reason"], data["until"], request.user)
    return redirect("registration:person", edition.slug, pk)


@require_POST
@of_edition
def links(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Make a join link and show it once with its QR code or mail it ("send"), or revoke one ("revoke": its id)."""
    participant = _participant(edition, pk)
    if revoked := request.POST.get("revoke", ""):
        for link in join_links.of(edition, participant):
            if str(link.pk) == revoked:
                join_links.revoke(edition, link, request.user)
        return redirect("registration:person", edition.slug, pk)
    mailed = bool(request.POST.get("send"))
    link = join_links.make(edition, participant, edition.get_absolute_url(), request.user, mailed)
    return _page(request, edition, participant, **_delivered(request, edition, link))


def _delivered(request: Request, edition: Edition, link: JoinLink) -> dict[str, Any]:
    """Mail a link that may not be shown; else what shows it."""
    address = joining.address_of(link, request)
    if link.shown_for is None:
        join_links.write_to(link, address, edition)
        return {"sent": True}
    return {"address": address, "qr": joining.qr_code(address)}


@require_POST
@of_edition
def sign_out(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Sign a participant out everywhere."""
    participant = _participant(edition, pk)
    with transaction.atomic():
        account.sign_out(participant)
        audit.record(request.user, "sign_out", f"edition:{edition.pk}", participant.pk)
    return redirect("registration:person", edition.slug, pk)


@require_POST
@of_edition
def invite(request: Request, edition: Edition) -> HttpResponse:
    """Give a role to an e-mail address, known or new, and mail or show its join link."""
    data = checked(InviteForm(request.POST)).cleaned_data
    participant = desk.invite(edition, data["email"], data["name"], data["role"], data["scope"], request.user)
    path = join_links.path_of(edition, data["scope"])
    link = join_links.make(edition, participant, path, request.user, data["send"])
    return _page(request, edition, participant, **_delivered(request, edition, link))


@require_http_methods(["GET"])
@of_edition
def record(request: Request, edition: Edition) -> HttpResponse:
    """The audit log of the edition."""
    scopes = desk.scopes_of(edition)
    page = Paginator(AuditEntry.objects.filter(scope__in=scopes), PAGE).get_page(request.GET.get("page"))
    return render(request, "registration/record.html", {"page": page, "entries": told(page.object_list, scopes)})


def told(entries: Any, scopes: dict[str, str]) -> list[dict[str, Any]]:
    """Audit entries with the names that their ids have today."""
    entries = list(entries)
    ids = {one.by_id for one in entries} | {one.participant_id for one in entries}
    names = dict(Participant.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
    return [
        {
            "entry": one,
            "by": names.get(one.by_id, ""),
            "participant": names.get(one.participant_id, ""),
            "of": scopes.get(one.scope, one.scope),
        }
        for one in entries
    ]
