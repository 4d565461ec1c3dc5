"""The list of an edition's people: search, filter, export, invite."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from common import clock
from common.pages import filters_of, page_of
from common.prepared import Prepared
from common.registry import registry
from common.tables import as_csv, download
from people import audit
from people.models import Ban, JoinLink, Pass, Registration, Role
from people.models.participant import place_of
from people.request import Request
from registration import decisions, invitations
from registration.everybody import Everybody, in_order
from registration.forms.fields import attempt
from registration.forms.people import InviteForm, PeopleFilter
from registration.scopes import Scopes
from registration.views.guard import guard
from registration.views.people import delivered, person_page
from sessions.models import Edition


@never_cache
@guard.page("edition.people")
def people(request: Request, edition: Edition) -> HttpResponse:
    """The list, searched and filtered; htmx gets only the list."""
    scopes = Scopes(edition)
    form, people = _narrowed(request, scopes)
    page = page_of(request, people)
    context = {
        "filter": form,
        "page": page,
        "query": filters_of(request),
        "rows": _rows(scopes, page.object_list),
    }
    listed = request.htmx and not request.htmx.history_restore_request
    return render(request, f"registration/people.html{'#list' if listed else ''}", context)


def _narrowed(request: Request, scopes: Scopes) -> tuple[PeopleFilter, Any]:
    form = PeopleFilter(scopes, request.GET)
    return form, in_order(form.apply(decisions.people_of(scopes))) if form.narrows else Everybody(scopes)


def _rows(scopes: Scopes, people: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each participant, plain data: who, passes, roles, and the names of what they are banned from."""
    rows: dict[int, dict[str, Any]] = {
        person["pk"]: {"who": _who(**person), "passes": [], "roles": [], "banned": []} for person in people
    }
    passes = {value: str(label) for value, label in Pass.choices}
    for pk, pass_type in _PASSES.ask(rows, scopes.whole):
        rows[pk]["passes"].append(passes.get(pass_type, pass_type))
    roles, bans = _ROLES.ask(rows), _BANS.ask(rows, clock.now())
    held = [*(scope for _pk, _name, scope in roles), *(scope for _pk, scope in bans)]
    names = scopes.names(held)  # not of other editions
    labels = {value: str(label) for value, label in registry.roles.items()}
    for pk, name, scope in roles:
        if scope in names:
            rows[pk]["roles"].append({"name": labels.get(name, name), "of": names[scope]})
    for pk, scope in bans:
        if scope in names:
            rows[pk]["banned"].append(names[scope])
    return list(rows.values())


_PASSES: Prepared[tuple[int, str]] = Prepared(
    lambda people, scope: Registration.objects.filter(
        participant__in=people, scope=scope, cancelled_at=None
    ).values_list("participant", "pass_type")
)
_ROLES: Prepared[tuple[int, str, str]] = Prepared(
    lambda people: (
        Role.objects.filter(participant__in=people).order_by("name", "pk").values_list("participant", "name", "scope")
    )
)
_BANS: Prepared[tuple[int, str]] = Prepared(
    lambda people, now: Ban.objects.standing(now).filter(participant__in=people).values_list("participant", "scope")
)


def _who(is_guest: bool, visibility: str, **shown: Any) -> dict[str, Any]:
    return shown | {"place": place_of(is_guest, visibility, shown["city"], shown["country"])}


@never_cache
@guard.page("edition.people")
def export(request: Request, edition: Edition) -> HttpResponse:
    """The people who match, as CSV."""
    scopes = Scopes(edition)
    columns = ["name", "email", "organisation", "job_title", "city", "country", "passes", "roles", "banned"]
    rows = []
    for row in _rows(scopes, _narrowed(request, scopes)[1][:]):
        profile = {name: row["who"][name] for name in columns[:6]}
        roles = "; ".join(f"{role['name']}: {role['of']}" for role in row["roles"])
        rows.append(profile | {"passes": "; ".join(row["passes"]), "roles": roles, "banned": "; ".join(row["banned"])})
    audit.record(request.user, "people.export", scopes.whole, rows=len(rows))
    return download(as_csv(columns, rows), f"{edition.slug}-people.csv")


@never_cache
@guard.form("edition.people")
def invite(request: Request, edition: Edition) -> HttpResponse:
    """Give a role to an e-mail address, known or new, and mail or show its join link."""
    scopes, links = Scopes(edition), list[JoinLink]()
    if request.method != "POST":
        return render(request, "registration/invite.html", {"form": InviteForm(scopes, initial={"send": True})})
    form = InviteForm(scopes, request.POST)

    def work(data: dict[str, Any]) -> None:
        wanted = (data["email"], data["name"], data["role"], data["scope"])
        links.append(invitations.invite(edition, *wanted, request.user, data["send"]))

    if status := attempt(form, work):
        return render(request, "registration/invite.html", {"form": form}, status=status)
    return person_page(request, edition, links[0].participant, **delivered(request, edition, links[0]))
