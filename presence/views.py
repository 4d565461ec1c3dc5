"""The pages of who follows a session."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from people.permissions import can
from people.request import Request
from presence.following import following, people
from sessions.guard import Guard
from sessions.models import Session

guard = Guard("session.view")


@guard.page("presence.view")
def places(request: Request, session: Session) -> HttpResponse:
    """From where a session is followed now."""
    context = {"session": session, "sees_people": can(request.user, "presence.people", session)}
    return render(request, "presence/places.html", context | {"following": following(session)})


@never_cache
@guard.page("presence.people")
def who(request: Request, session: Session) -> HttpResponse:
    """Who follows a session now, or those of them with all words of ?q=."""
    query = request.GET.get("q", "")
    return render(request, "presence/people.html", {"session": session} | people(session, query))
