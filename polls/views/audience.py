"""The attendee's side: answering, results, nicknames."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from people.permissions import can
from people.request import Request
from polls import listing
from polls.forms import NicknameForm
from polls.models import PUBLIC, Option
from polls.quiz import name_oneself
from polls.views.guard import poll_of, writes
from polls.writes import BALLOT
from sessions.guard import checked
from sessions.models import Session


@require_POST
def ballot(request: Request, pk: int) -> HttpResponse:
    """Answer, or change one's answer: what the socket carries, for those it does not reach."""
    cast = BALLOT.by_http(request, {"poll": pk, "fields": dict(request.POST.lists())})
    if not request.htmx:
        return redirect(cast.thing.session)
    return render(request, "polls/_results.html", {"data": listing.card(poll_of(pk), request.user)})


@require_GET
def card(request: Request, pk: int) -> HttpResponse:
    """The poll as this person sees it now: what a reader missed while the connection was lost."""
    poll = poll_of(pk)
    if not can(request.user, "polls.view", poll.session) or poll.state not in PUBLIC:
        raise Http404
    return render(request, "polls/events/poll.html", {"data": listing.card(poll, request.user)})


@require_POST
@writes("polls.vote")
def nickname(request: Request, session: Session) -> HttpResponse:
    """Take a nickname for the leaderboard."""
    form = checked(NicknameForm(request.POST))
    made = name_oneself(session, request.user, form.cleaned_data["name"])
    if not request.htmx:
        return redirect(session)
    return render(request, "polls/_nickname.html", {"session": session, "nickname": made.name, "saved": True})


@require_GET
def picture(request: Request, pk: int) -> HttpResponse:
    """An option's image, for those who see its poll."""
    option = get_object_or_404(Option.objects.select_related("poll__session", "picture"), pk=pk)
    action = "polls.view" if option.poll.state in PUBLIC else "polls.present"
    if option.picture is None or not can(request.user, action, option.poll.session):
        raise Http404
    response = HttpResponse(bytes(option.picture.data), content_type="image/webp")
    patch_cache_control(response, private=True, max_age=3600)
    return response
