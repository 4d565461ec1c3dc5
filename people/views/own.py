"""What is one's own in a room, where no socket brings it."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from live.own import own_of
from live.viewer import viewer
from people.guard import signed_in
from people.request import Request


@never_cache
@signed_in("GET", "HEAD")
def own(request: Request) -> HttpResponse:
    """The same as the first frames of a join to `?room=` bring, as JSON by app."""
    key = request.GET.get("room", "")
    if viewer(request.user, key) is None:
        raise Http404
    found: dict[str, Any] = own_of([(request.user.pk, key)])[0]
    return JsonResponse(found)
