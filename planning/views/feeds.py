"""Calendars to subscribe to, and the programme as a table."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.shared import shared
from common.tables import CSV, XLSX, as_csv, as_xlsx, download
from people.guard import signed_in
from people.request import Request
from planning import feeds
from planning.models import Release
from sessions import calendars
from sessions.guard import Guard
from sessions.models import Edition, Theme
from sessions.schedule import frab

guard = Guard("edition.view")


@guard.page()
def calendars_page(request: Request, edition: Edition) -> HttpResponse:
    """The addresses of the edition's calendars, and of one's own."""
    own = feeds.address(request.user) if request.user.is_authenticated else ""
    context = {
        "edition": edition,
        "own": request.build_absolute_uri(own) if own else "",
        "host": request.get_host(),
        "stages": edition.stages.select_related("host_city"),
        "themes": Theme.objects.filter(edition=edition),
    }
    response = render(request, "planning/calendars.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"  # it holds a secret address
    return response


@shared
@guard.page(follow=True)
def feed(request: Request, edition: Edition, kind: str = "", pk: int = 0) -> HttpResponse:
    """A public calendar: of the edition, or one of its cities, stages, themes or strands."""
    part = feeds.part_of(edition, kind, pk) if kind in feeds.KINDS else None
    if kind and part is None:
        raise Http404
    name = f"{edition.name}: {part}" if part else edition.name
    return _answer(request, name, *feeds.public(edition, kind, pk))


@require_safe
def personal_feed(request: HttpRequest, signed: str) -> HttpResponse:
    """A participant's calendar, for whoever has its address."""
    owner = feeds.owner_of(signed)
    if owner is None:
        raise Http404
    return _answer(request, _("My agenda"), *feeds.personal(owner))


def _answer(request: HttpRequest, name: str, feed: str, sessions: Any) -> HttpResponse:
    told = calendars.tell(feed, feeds.with_places(sessions))
    version, source = calendars.version(told), request.build_absolute_uri()
    headers = {"ETag": f'"{version}"', "Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    draw = lambda: calendars.calendar(name, told, request.build_absolute_uri, source)  # noqa: E731
    return HttpResponse(feeds.once((feed, version, source, name), draw), content_type=calendars.TYPE, headers=headers)


@signed_in("POST", limit="planning.calendar")
def rotate(request: Request) -> HttpResponse:
    """End one's calendar's address; another one holds from now on."""
    feeds.rotate(request.user)
    edition = Edition.objects.filter(slug=request.POST.get("edition", "")).first()
    return redirect("planning:calendars", edition.slug) if edition else redirect("/")


@shared
@guard.page(follow=True)
def table(request: Request, edition: Edition, form: str) -> HttpResponse:
    """The programme as a table, "csv" or "xlsx", with what one may see of it."""
    sessions = edition.sessions.visible_to(request.user).for_display()
    rows = feeds.rows(sessions)
    if form == "xlsx":
        return download(as_xlsx(feeds.COLUMNS, rows), f"{edition.slug}.xlsx", XLSX)
    return download(as_csv(feeds.COLUMNS, rows), f"{edition.slug}.csv", CSV)


@shared
@guard.page(follow=True)
def schedule(request: Request, edition: Edition, form: str) -> HttpResponse:
    """The programme as a frab file, "xml" or "json", with what one may see of it."""
    sessions = edition.sessions.visible_to(request.user).for_display()
    version = str(Release.last_version(edition))
    document = frab.document(edition, sessions, version, request.build_absolute_uri)
    if form == "json":
        return download(json.dumps(document, ensure_ascii=False), f"{edition.slug}.json", "application/json")
    return download(frab.as_xml(document), f"{edition.slug}.xml", "application/xml")
