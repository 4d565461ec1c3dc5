"""The organisers' pages of exhibitors: who waits for approval, one of them, its place and team."""

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common.pages import page_of
from expo import documents, events, logos, numbers, state
from expo import team as teams
from expo.forms.organising import NewForm, PlaceForm, StepForm
from expo.forms.stand import InviteForm, ProfileForm
from expo.models import Exhibitor, Expo, Stand, State
from expo.views.guard import office, staff
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition

TABS = [State.WAITING, State.APPROVED, State.WRITING, State.RETURNED]


@never_cache
@office.form("expo.manage")
def manage(request: Request, edition: Edition) -> HttpResponse:
    """The exhibitors by where their words stand, what waits first. POST: a new one."""
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("expo:check", _new(edition, request, form.cleaned_data).pk)
    shown = request.GET.get("state", State.WAITING)
    shown = shown if shown in TABS else State.WAITING
    found = Exhibitor.objects.of(edition)
    counts = dict(found.order_by().values_list("state").annotate(count=Count("pk")))
    page = page_of(request, found.filter(state=shown).order_by("name"))
    context = {
        "edition": edition,
        "form": form,
        "tabs": [{"state": each, "label": each.label, "count": counts.get(each, 0)} for each in TABS],
        "shown": shown,
        "page": page,
        "rows": numbers.rows(list(page)),
        "overview": numbers.overview(edition),
    }
    return render(request, "expo/manage.html", context, status=422 if form.is_bound else 200)


def _new(edition: Edition, request: Request, sent: dict[str, Any]) -> Exhibitor:
    with transaction.atomic():
        Expo.objects.get_or_create(edition=edition)
        exhibitor = Exhibitor.objects.create(edition=edition, name=sent["name"], kind=sent["kind"])
        state.record(request.user, "new", exhibitor)
        if sent["email"]:
            teams.invite(exhibitor, sent["email"], request.user)
    return exhibitor


@never_cache
@staff.page("expo.manage")
def check(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """One exhibitor: what is public, what was written, where it stands, its team, and what may be decided."""
    return _check(request, exhibitor, PlaceForm(exhibitor.edition, exhibitor.stand), 200)


def _check(request: Request, exhibitor: Exhibitor, place: PlaceForm, status: int) -> HttpResponse:
    last = state.MACHINE.last(exhibitor)
    allowed = [name for name in state.MACHINE.allowed(exhibitor.state) if name not in ("hide", "show")]
    context = {
        "exhibitor": exhibitor,
        "edition": exhibitor.edition,
        "rows": _compared(exhibitor),
        "allowed": [*allowed, "hide" if exhibitor.is_public else "show"],
        "drafted_logo": logos.drafted(exhibitor),
        "papers": _papers(exhibitor),
        "undo": state.LABELS[last.action] if last and last.action in state.STEPS else "",
        "members": exhibitor.team.select_related("participant"),
        "place": place,
    }
    return render(request, "expo/check.html", context, status=status)


def _compared(exhibitor: Exhibitor) -> list[dict[str, Any]]:
    """What is public beside what the team wrote; themes by their names."""
    names = {theme.pk: theme.name for theme in exhibitor.edition.themes.all()}
    public = exhibitor.content()
    draft = exhibitor.draft or public
    fields = ProfileForm(exhibitor).fields
    rows = []
    for name, field in fields.items():
        now, wanted = public.get(name, ""), draft.get(name, "")
        if name == "themes":
            now, wanted = (", ".join(names.get(pk, "") for pk in each or []) for each in (now, wanted))
        if now or wanted:
            rows.append({"label": field.label, "now": now, "wanted": wanted, "differs": now != wanted})
    return rows


def _papers(exhibitor: Exhibitor) -> list[dict[str, Any]]:
    """The documents that are shown or drafted, and what an approval would do with each."""
    drafted = {document.pk for document in documents.drafted(exhibitor)}
    every = documents.of(exhibitor, [*exhibitor.documents, *drafted])
    return [
        {"document": each, "new": each.pk not in exhibitor.documents, "gone": each.pk not in drafted} for each in every
    ]


@staff.write("expo.manage")
def decide(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """action=approve|return|hide|show|undo, "words", and the "version" that was seen."""
    sent = checked(StepForm(request.POST)).cleaned_data
    if sent["action"] == "undo":
        with transaction.atomic():
            last = state.MACHINE.last(exhibitor)
            if last is None or last.action not in state.STEPS:
                raise Refused(_("There is no step to undo."))
            state.MACHINE.undo(exhibitor.pk, request.user, expected=sent["version"])
    else:
        state.step(exhibitor.pk, sent["action"], request.user, expected=sent["version"], words=sent["words"])
    return redirect("expo:check", exhibitor.pk)


@staff.write("expo.manage")
def place(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Where an exhibitor stands. A number that exists already is shared; its cells stay where they are not changed."""
    with transaction.atomic():
        exhibitor = state.MACHINE.current(exhibitor.pk)
        form = PlaceForm(exhibitor.edition, exhibitor.stand, request.POST)
        if not form.is_valid():
            return _check(request, exhibitor, form, form.status)
        sent = dict(form.cleaned_data)
        key = {name: sent.pop(name) for name in ("host_city", "hall", "number")}
        there = Stand.objects.filter(edition=exhibitor.edition, **key).first()
        if there and there.pk != exhibitor.stand_id:  # the cells of the form are those of the stand before
            sent = {name: value for name, value in sent.items() if name in form.changed_data}
        exhibitor.stand = Stand.objects.update_or_create(edition=exhibitor.edition, **key, defaults=sent)[0]
        exhibitor.version += 1  # lists and plans are drawn anew
        exhibitor.save(update_fields=["stand", "version"])
        state.record(request.user, "place", exhibitor)
        events.changed(exhibitor.edition_id)
    return redirect("expo:check", exhibitor.pk)


@staff.write("expo.manage")
def invite(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Invite an address into the team, or remove a member."""
    sent = checked(InviteForm(request.POST)).cleaned_data
    if sent["remove"]:
        teams.remove(exhibitor, sent["remove"], request.user)
    elif sent["email"]:
        teams.invite(exhibitor, sent["email"], request.user)
    return redirect("expo:check", exhibitor.pk)
