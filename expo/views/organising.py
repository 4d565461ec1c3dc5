"""The organisers' pages: who waits for approval, one exhibitor, the import, the hours, the numbers."""

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common import clock
from common.numbers import number_in
from common.pages import page_of
from common.tables import download
from expo import importing, logos, numbers, state
from expo import team as teams
from expo.forms import ExpoForm, InviteForm, NewForm, PlaceForm, PlanForm, ProfileForm, StepForm
from expo.models import Exhibitor, Expo, HallPlan, Stand, State, Upload
from expo.views.guard import office, staff
from people import audit
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


@never_cache
@office.form("expo.manage")
def settings(request: Request, edition: Edition) -> HttpResponse:
    """The hours and the tables of the exhibition."""
    with transaction.atomic():
        found = Expo.objects.select_for_update().filter(edition=edition).first()
        form = ExpoForm(request.POST or None, instance=found or Expo(edition=edition))
        if request.method == "POST" and form.is_valid():
            form.save()
            audit.record(request.user, "expo.settings", edition.room_key)
            return redirect("expo:settings", edition.slug)
    return render(request, "expo/settings.html", {"edition": edition, "form": form}, status=form.status)


@never_cache
@office.form("expo.manage")
def drawings(request: Request, edition: Edition) -> HttpResponse:
    """The drawings under the plans of halls; POST: another one, cleaned, or with "remove" none."""
    form = PlanForm(edition, *((request.POST, request.FILES) if request.method == "POST" else ()))
    removed = number_in(request.POST.get("remove", ""))
    if removed is not None or (request.method == "POST" and form.is_valid()):
        if removed is not None:
            HallPlan.objects.filter(edition=edition, pk=removed).delete()
        else:
            sent = form.cleaned_data
            key = {"edition": edition, "host_city": sent["host_city"], "hall": sent["hall"]}
            HallPlan.objects.update_or_create(**key, defaults=vars(sent["drawing"]) | {"at": clock.now()})
        audit.record(request.user, "expo.drawing", edition.room_key)
        return redirect("expo:drawings", edition.slug)
    plans = HallPlan.objects.filter(edition=edition).select_related("host_city").defer("svg")
    context = {"edition": edition, "form": form, "plans": plans.order_by("hall")}
    return render(request, "expo/drawings.html", context, status=422 if form.is_bound else 200)


@never_cache
@office.form("expo.manage")
def imports(request: Request, edition: Edition) -> HttpResponse:
    """GET: the form, and what applying the table that was read would do. POST: read a table, or apply=1."""
    upload = Upload.objects.filter(edition=edition).select_related("edition").first()
    if request.method != "POST":
        return _import(request, edition, upload, survey=importing.survey(upload) if upload else None)
    if request.POST.get("apply"):
        if upload is None or str(upload.pk) != request.POST["apply"]:
            raise Refused(_("Somebody else has read another table meanwhile. Look at it before you apply it."))
        return _import(request, edition, None, done=importing.apply(upload, request.user))
    table = request.FILES.get("table")
    if table is None:
        raise Refused(_("Choose a file first."), 422)
    importing.take(edition, table, table.name or "")
    return redirect("expo:import", edition.slug)


def _import(request: Request, edition: Edition, upload: Upload | None, **more: Any) -> HttpResponse:
    context = {"edition": edition, "upload": upload, "columns": importing.COLUMNS, **more}
    return render(request, "expo/import.html", context)


@never_cache
@office.page("expo.manage")
def export(request: Request, edition: Edition) -> HttpResponse:
    """All exhibitors with their numbers as CSV."""
    audit.record(request.user, "expo.export", edition.room_key)
    return download(numbers.overview_csv(edition), f"expo-{edition.slug}.csv")
