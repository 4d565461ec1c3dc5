"""The audit log of an edition, in words."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.registry import registry
from people import audit
from people.models import AuditEntry, Participant
from people.request import Request
from registration import words
from registration.forms.people import RecordFilter
from registration.scopes import Scopes
from registration.views.guard import of_edition
from registration.views.listing import PAGE, kept
from sessions.models import Edition
from sessions.tables import as_csv, download

EXPORTED = 100_000  # rows, the newest


def _narrowed(request: Request, scopes: Scopes) -> tuple[RecordFilter, Any]:
    actions = [(action, label) for action, (label, _sentence) in registry.record.items()]
    narrowed = RecordFilter(actions, request.GET)
    narrowed.is_valid()
    found = AuditEntry.objects.filter(scopes.within())
    if action := narrowed.cleaned_data.get("action"):
        found = found.filter(action=action)
    for word in narrowed.cleaned_data.get("q", "").replace("\0", "").split()[:6]:
        people = Participant.objects.filter(Q(name__icontains=word) | Q(email__icontains=word)).values("pk")
        found = found.filter(Q(by_id__in=people) | Q(participant_id__in=people))
    return narrowed, found


@require_GET
@of_edition
def record(request: Request, edition: Edition) -> HttpResponse:
    """What was done, by whom, to whom: filtered, the newest first."""
    scopes = Scopes(edition)
    narrowed, found = _narrowed(request, scopes)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    entries = words.told(page.object_list, scopes)
    context = {"filter": narrowed, "page": page, "kept": kept(request), "entries": entries, "edition": edition}
    return render(request, "registration/record.html", context)


@require_GET
@of_edition
def record_export(request: Request, edition: Edition) -> HttpResponse:
    """The entries that match, as CSV, times on the clocks of the edition's host city."""
    scopes, zone = Scopes(edition), edition.host_city.zone
    columns = ["at", "by", "action", "participant", "scope", "words", "details"]
    rows = [
        {
            "at": one["entry"].at.astimezone(zone).isoformat(timespec="seconds"),
            "by": one["by"],
            "action": one["entry"].action,
            "participant": one["participant"],
            "scope": one["entry"].scope,
            "words": one["words"],
            "details": "; ".join(one["details"]),
        }
        for one in words.told(_narrowed(request, scopes)[1][:EXPORTED], scopes)
    ]
    audit.record(request.user, "record.export", scopes.whole, rows=len(rows))
    return download(as_csv(columns, rows), f"{edition.slug}-record.csv")
