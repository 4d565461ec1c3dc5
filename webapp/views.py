"""What browsers need to install the product as an app, and to show it without a connection."""

from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.request import Request
from sessions.models import Edition

PAPER, ACCENT = "#faf8f4", "#0b5c5e"
ICONS = [("192", "any"), ("512", "any"), ("512", "maskable")]


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The app's name, icons and colours (W3C Web Application Manifest)."""
    edition = Edition.current()
    name = edition.name if edition else _("Congress")
    icons = [
        {"src": static(f"webapp/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ICONS
    ]
    content = {
        "id": "/",
        "name": name,
        "short_name": _("Congress"),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
        "shortcuts": [{"name": _("My agenda"), "url": "/my-sessions/"}],
    }
    headers = {"Cache-Control": "max-age=3600"}
    return JsonResponse(content, content_type="application/manifest+json", headers=headers)


@lru_cache(1)
def _script() -> str:
    return Path(finders.find("webapp/sw.js") or "").read_text()


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: at the root, because it sees only what is below its own address."""
    return HttpResponse(_script(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
def offline(request: Request) -> HttpResponse:
    """What is shown instead of a page that was not visited while there was a connection."""
    return render(request, "webapp/offline.html")
