"""The record of an edition, in sentences."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from common.pages import filters_of, page_of
from common.registry import registry
from common.search import holds
from common.search import words as words_of
from common.tables import as_csv, download
from common.text import fold
from people import audit
from people.models import AuditEntry, Participant
from people.request import Request
from registration import sentences
from registration.forms.people import RecordFilter
from registration.scopes import Scopes
from registration.views.guard import guard
from sessions.models import Edition

EXPORTED = 100_000  # rows, the newest


def _narrowed(request: Request, scopes: Scopes) -> tuple[RecordFilter, Any]:
    actions = [(action, label) for action, (label, _sentence) in registry.record.items()]
    form = RecordFilter(actions, request.GET)
    form.is_valid()
    entries = AuditEntry.objects.filter(scopes.within())
    if action := form.cleaned_data.get("action"):
        entries = entries.filter(action=action)
    for word in words_of(form.cleaned_data.get("q", "")):
        people = Participant.objects.filter(holds(word, "name") | Q(email__icontains=fold(word))).values("pk")
        entries = entries.filter(Q(by_id__in=people) | Q(participant_id__in=people))
    return form, entries


@never_cache
@guard.page("edition.people")
def record(request: Request, edition: Edition) -> HttpResponse:
    """What was done, by whom, to whom: filtered, the newest first."""
    scopes = Scopes(edition)
    form, entries = _narrowed(request, scopes)
    page = page_of(request, entries)
    entries = sentences.rows_of(page.object_list, scopes)
    context = {"filter": form, "page": page, "query": filters_of(request), "entries": entries, "edition": edition}
    return render(request, "registration/record.html", context)


@never_cache
@guard.page("edition.people")
def record_export(request: Request, edition: Edition) -> HttpResponse:
    """The entries that match, as CSV, with times of the edition's host city."""
    scopes, zone = Scopes(edition), edition.host_city.zone
    columns = ["at", "by", "action", "participant", "scope", "words", "details"]
    rows = [
        {
            "at": row["entry"].at.astimezone(zone).isoformat(timespec="seconds"),
            "by": row["by"],
            "action": row["entry"].action,
            "participant": row["participant"],
            "scope": row["entry"].scope,
            "words": row["words"],
            "details": "; ".join(row["details"]),
        }
        for row in sentences.rows_of(_narrowed(request, scopes)[1][:EXPORTED], scopes)
    ]
    audit.record(request.user, "record.export", scopes.whole, rows=len(rows))
    return download(as_csv(columns, rows), f"{edition.slug}-record.csv")
