"""The organisers' pages of the exhibition as a whole: hours, drawings of halls, the import, the export."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common import clock
from common.numbers import number_in
from common.tables import download
from common.uploads import REPLACED
from common.versions import DRAWN_FROM
from expo import columns, events, importing, numbers
from expo.forms.organising import ExpoForm, PlanForm
from expo.models import Expo, HallPlan, Upload
from expo.views.guard import office
from people import audit
from people.refusal import Refused
from people.request import Request
from registration.imports import tables
from sessions.models import Edition


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
            events.changed(edition.pk)
            return redirect("expo:settings", edition.slug)
    return render(request, "expo/settings.html", {"edition": edition, "form": form}, status=form.status)


@never_cache
@office.form("expo.manage")
def drawings(request: Request, edition: Edition) -> HttpResponse:
    """The drawings under the plans of halls; POST: another one, cleaned, or with "remove" none."""
    form = PlanForm(edition, *((request.POST, request.FILES) if request.method == "POST" else ()))
    removed = number_in(request.POST.get("remove", ""))
    status = 422 if form.is_bound else 200
    if removed is not None or (request.method == "POST" and form.is_valid()):
        with transaction.atomic():
            if _drawn(request, Edition.locked(edition.pk), form, removed):
                audit.record(request.user, "expo.drawing", edition.room_key)
                events.changed(edition.pk)
                return redirect("expo:drawings", edition.slug)
        status = 409
    plans = list(HallPlan.objects.filter(edition=edition).select_related("host_city").defer("svg").order_by("hall"))
    marks = " ".join(plan.mark for plan in plans)
    context = {
        "edition": edition,
        "form": form,
        "plans": plans,
        "drawn_from": DRAWN_FROM,
        "marks": request.POST.get(DRAWN_FROM, marks) if status == 422 else marks,
    }
    return render(request, "expo/drawings.html", context, status=status)


def _drawn(request: Request, edition: Edition, form: PlanForm, removed: int | None) -> bool:
    """Lay the drawing of the form under its hall, or take one away; not over one that was not on the page."""
    found = HallPlan.objects.filter(edition=edition).defer("svg")
    sent = {} if removed is not None else form.cleaned_data
    key = {"host_city": sent["host_city"], "hall": sent["hall"]} if sent else {"pk": removed}
    there = found.filter(**key).first()
    if there and DRAWN_FROM in request.POST and there.mark not in request.POST[DRAWN_FROM].split():
        form.errors.clear()
        form.add_error("file", REPLACED)
        return False
    if sent:
        HallPlan.objects.update_or_create(edition=edition, **key, defaults=vars(sent["drawing"]) | {"at": clock.now()})
    elif there:
        there.delete()
    return True


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
        return _import(
            request, edition, None, done=importing.apply(upload, request.user, request.POST.get("replace", ""))
        )
    table = request.FILES.get("table")
    if table is None:
        raise Refused(_("Choose a file first."), 422)
    importing.take(edition, table, table.name or "")
    return redirect("expo:import", edition.slug)


def _import(request: Request, edition: Edition, upload: Upload | None, **more: Any) -> HttpResponse:
    names = [tables.titles(listed) for listed in columns.COLUMNS.values()]
    context = {"edition": edition, "upload": upload, "columns": names, **more}
    return render(request, "expo/import.html", context)


@never_cache
@office.page("expo.manage")
def export(request: Request, edition: Edition) -> HttpResponse:
    """All exhibitors with their numbers as CSV."""
    audit.record(request.user, "expo.export", edition.room_key)
    return download(numbers.overview_csv(edition), f"expo-{edition.slug}.csv")
