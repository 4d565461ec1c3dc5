"""Error pages."""

from functools import cache
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.refusal import Banned, refuse

CAME_TO = "-came-to-"  # in the 404 as it is kept: the address that was asked for
BANNED_FROM = {
    "edition": _("You are banned from this congress"),
    "strand": _("You are banned from this part of the programme"),
    "stage": _("You are banned from this stage"),
    "session": _("You are banned from this session"),
}


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: the person may not do this, signed in or not; a ban has its own words."""
    ban = exception.ban if isinstance(exception, Banned) else None
    if ban and request.headers.get("HX-Request"):
        return refuse(request, str(exception), 403)
    kind = ban.scope.partition(":")[0] if ban else ""
    context = {"ban": ban, "banned_from": BANNED_FROM.get(kind), "kind": kind, "is_error": True}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: whoever tries addresses costs no more than this, and learns nothing from it."""
    page = _nothing(get_language(), request.user.is_authenticated)
    return HttpResponse(page.replace(CAME_TO, quote(request.get_full_path())), status=404)


@cache
def _nothing(language: str, is_signed_in: bool) -> str:
    """The page of a language, the same for everybody; who may not have said yet who they are is led to do so."""
    return render_to_string("404.html", {"came_to": "" if is_signed_in else CAME_TO})


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without context processors, the database may be the reason."""
    return HttpResponse(render_to_string("500.html"), status=500)
