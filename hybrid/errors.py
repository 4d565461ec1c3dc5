"""Error pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from people.refusal import Banned, refuse


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: signed in or not, this is not for you."""
    ban = exception.ban if isinstance(exception, Banned) else None
    if ban and request.headers.get("HX-Request"):
        return refuse(request, _("You are banned: %(reason)s") % {"reason": ban.reason}, 403)
    return render(request, "403.html", {"ban": ban}, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without context processors, the database may be the reason."""
    return HttpResponse(render_to_string("500.html"), status=500)
