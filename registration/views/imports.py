"""The pages of an import, step by step."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common.numbers import number_in
from common.tables import as_csv, download
from people.refusal import Refused, refuse
from people.request import Request
from registration.imports import mapping, meaning, run, survey
from registration.models import Import
from registration.views.guard import guard
from sessions.models import Edition

SHOWN = 200  # errors on the page
MOST_PIECES = 999


@never_cache
@guard.form("edition.people")
def imports(request: Request, edition: Edition) -> HttpResponse:
    """GET: upload, and the imports so far. POST: begin one (with a small file at once, without JavaScript)."""
    if request.method == "GET":
        context = {"imports": Import.objects.filter(edition=edition).order_by("-pk")[:10]}
        return render(request, "registration/imports.html", context)
    table = request.FILES.get("table")
    job = run.begin(edition, request.POST.get("name") or getattr(table, "name", "") or "", request.user)
    if table is None:
        return JsonResponse({"pk": job.pk})
    try:
        run.add_piece(job, 0, table.read())
        run.read_file(job, 1)
    except Refused:
        job.delete()
        raise
    return redirect("registration:import", edition.slug, job.pk)


def _find(edition: Edition, pk: int) -> Import:
    return get_object_or_404(Import, edition=edition, pk=pk)


@never_cache
@guard.write("edition.people")
def piece(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Store a piece of the file ("number", "data"), or with "pieces" (their count) read the complete file."""
    job = _find(edition, pk)
    number, count = (number_in(request.POST.get(name, ""), MOST_PIECES) for name in ("number", "pieces"))
    if count is not None:
        run.read_file(job, count)
        return JsonResponse({"next": redirect("registration:import", edition.slug, pk).url})
    data = request.FILES.get("data")
    if data is None or number is None:
        return refuse(request, "number, data", 422)
    run.add_piece(job, number, data.read())
    return JsonResponse({"number": number})


@never_cache
@guard.form("edition.people")
def import_page(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """GET: the state of an import. POST: store the mapping, or begin to apply ("apply")."""
    if request.method != "POST":
        return render(request, "registration/import.html", _shown(edition, _find(edition, pk)))
    with transaction.atomic():
        job = get_object_or_404(Import.objects.select_for_update(), edition=edition, pk=pk)
        return _go_on(request, edition, job)


def _go_on(request: Request, edition: Edition, job: Import) -> HttpResponse:
    """Begin to apply, or store the mapping. Raises Refused when the page shows an older mapping."""
    if request.POST.get("drawn_from", job.drawn_from) != job.drawn_from:
        raise Refused(
            _("Somebody else has chosen other columns or meanings meanwhile. Reload the page and look again.")
        )
    if request.POST.get("apply"):
        run.start_applying(job, request.user)
        return redirect(request.path)
    columns = {
        name: value
        for name in mapping.FIELDS
        if (value := number_in(request.POST.get(f"column-{name}", ""), len(job.header) - 1)) is not None
    }
    passes = _meanings(request, "pass", meaning.PASS_CHOICES)
    run.choose(job, columns, passes, _meanings(request, "status", meaning.Status.choices))
    return redirect(request.path)


def _meanings(request: Request, kind: str, choices: list[Any]) -> dict[str, str]:
    """Word -> chosen meaning. The form sends the words too, as others may have changed the column meanwhile."""
    meanings = {
        request.POST[f"{kind}-{number}-word"]: request.POST.get(f"{kind}-{number}", "")
        for number in range(meaning.MOST)
        if f"{kind}-{number}-word" in request.POST
    }
    return {word: value for word, value in meanings.items() if value in dict(choices)}


def _unknown_first(known: dict[str, str]) -> list[tuple[str, str]]:
    """(word, meaning) pairs, first those without a meaning."""
    return sorted(known.items(), key=lambda pair: (pair[1] != "", pair[0].casefold()))


def _shown(edition: Edition, job: Import) -> dict[str, Any]:
    first = job.portions.order_by("number").first()
    fields = [(name, label, job.columns.get(name)) for name, label in mapping.FIELDS.items()]
    return {
        "job": job,
        "edition": edition,
        "fields": fields,
        "required": mapping.REQUIRED,
        "samples": [cells for _line, cells in first.rows[:3]] if first else [],
        "words": [
            ("pass", _("Pass"), _unknown_first(job.passes), meaning.PASS_CHOICES),
            ("status", _("Status"), _unknown_first(job.statuses), meaning.Status.choices),
        ],
        "shared": survey.names_at_one_address(job) if job.state == Import.State.TRIED and job.shared else [],
        "sharing": sum(differs for _line, differs in job.shared.values()),
        "errors": job.errors[:SHOWN],
        "counts": {name: job.count(name) for name in run.COUNTS},
    }


@never_cache
@guard.write("edition.people")
def portion(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Try or apply the next portion; the fragment then asks for the next one."""
    job = run.step(_find(edition, pk), request.user)
    if not request.htmx:
        return redirect("registration:import", edition.slug, pk)
    return render(request, "registration/_progress.html", _shown(edition, job))


@never_cache
@guard.page("edition.people")
def import_errors(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """The errors as CSV."""
    job = _find(edition, pk)
    rows = [{"line": line, "error": message} for line, message in job.errors + run.sharing_errors(job)]
    return download(as_csv(["line", "error"], rows), "import-errors.csv")


@never_cache
@guard.write("edition.people")
def import_abandon(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Delete an import; rows already applied stay."""
    run.abandon(_find(edition, pk), request.user)
    return redirect("registration:imports", edition.slug)
