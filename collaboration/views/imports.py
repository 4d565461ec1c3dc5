"""The organisers' import of delegations."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from collaboration import columns, importing
from collaboration.models import DelegationTable
from collaboration.views.guard import office
from people.refusal import Refused
from people.request import Request
from sessions.models import Edition


@never_cache
@office.form("collaboration.manage")
def imports(request: Request, edition: Edition) -> HttpResponse:
    """GET: the form, and what applying the table that was read would do. POST: read a table, or apply=its id."""
    table = DelegationTable.objects.filter(edition=edition).first()
    if request.method != "POST":
        return _page(request, edition, table=table, survey=importing.survey(table) if table else None)
    if request.POST.get("apply"):
        if table is None or str(table.pk) != request.POST["apply"]:
            raise Refused(_("Somebody else has read another table meanwhile. Look at it before you apply it."))
        return _page(request, edition, done=importing.apply(table, request.user, request.POST.get("replace", "")))
    sent = request.FILES.get("table")
    if sent is None:
        raise Refused(_("Choose a file first."), 422)
    importing.take(edition, sent, sent.name or "")
    return redirect("collaboration:import", edition.slug)


def _page(request: Request, edition: Edition, **more: Any) -> HttpResponse:
    context = {"edition": edition, "columns": columns.titles(), **more}
    return render(request, "collaboration/import.html", context)
