"""The language of pages, as somebody chooses it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.middleware import speak


@never_cache
@require_safe
def choose(request: HttpRequest, language: str) -> HttpResponse:
    """Show pages in this language from now on, first the one at `?next=`. The profile is changed on its own page.

    It is a link, so that pages that many share need no token for it; it changes nothing but this browser's cookie.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    address = request.GET.get("next", "/")
    response = redirect(address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/")
    speak(response, language)
    return response
