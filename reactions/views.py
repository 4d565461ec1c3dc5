"""Reactions by HTTP, for who has no live link."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from people.request import Request
from reactions.writes import REACTION


@require_POST
def react(request: Request, session_pk: int) -> HttpResponse:
    """React to the talk with ?sign, once."""
    attempt = REACTION.by_http(request, {"session": session_pk, "sign": request.POST.get("sign")})
    return HttpResponse(status=204) if request.htmx else redirect(attempt.thing)
