"""A schedule file that an organiser sends: what it changes becomes the draft."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from people.request import Request
from planning import importing
from planning.forms.schedule import ScheduleForm
from planning.views.guard import frame, guard
from sessions.models import Edition
from sessions.schedule import parse
from sessions.schedule.document import ScheduleError
from sessions.schedule.importer import Report

MOST_SKIPPED = 50


@never_cache
@guard.form("planning.edit")
def schedule(request: Request, edition: Edition) -> HttpResponse:
    """GET: the form. POST: draft what the file says otherwise, and say what that was."""
    if request.method == "GET":
        return _page(request, edition, ScheduleForm())
    form = ScheduleForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    try:
        report = importing.draft(parse(form.cleaned_data["file"].read()), edition, request.user)
    except ScheduleError as error:
        form.add_error("file", str(error))
        return _page(request, edition, form, status=422)
    return _page(request, edition, ScheduleForm(), report)


def _page(
    request: Request, edition: Edition, form: ScheduleForm, report: Report | None = None, status: int = 200
) -> HttpResponse:
    context = {**frame(request, edition, "import"), "form": form, "report": report}
    context["skipped"] = [str(skip) for skip in report.skipped[:MOST_SKIPPED]] if report else []
    return render(request, "planning/import.html", context, status=status)
