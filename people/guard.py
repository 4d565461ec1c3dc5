"""The guard for a participant's own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import limits
from people.request import Request

View = Callable[..., HttpResponse]


def signed_in(*methods: str, limit: str = "", reads_count: bool = False) -> Callable[[View], View]:
    """Decorate a view for signed-in participants; others go to the sign-in page. Raises Refused (429).

    POSTs count for the `limit`, with `reads_count` GETs too.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @require_http_methods(list(methods))
        @never_cache
        def guarded(request: Request, **arguments: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if limit and (request.method == "POST" or reads_count):
                limits.count(limit, request.user.pk)
            return view(request, **arguments)

        return guarded

    return decorate
