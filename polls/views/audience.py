"""The attendee's pages: answering, results, nicknames."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from people.permissions import can
from people.request import Request
from polls import late, listing
from polls.answers import sent_of
from polls.forms import NicknameForm
from polls.models import PUBLIC, Option, Poll
from polls.quiz import name_oneself
from polls.views.guard import guard, option_of, poll_of
from polls.writes import BALLOT
from sessions.guard import checked
from sessions.models import Session


@require_POST
def ballot(request: Request, pk: int) -> HttpResponse:
    """Answer, or change one's answer: what the socket carries, for those it does not reach."""
    attempt = BALLOT.by_http(request, {"poll": pk, "fields": dict(request.POST.lists())})
    if not request.htmx:
        return redirect(attempt.thing.session)
    return render(request, "polls/_results.html", {"data": listing.card(poll_of(pk), request.user)})


@guard.write("polls.vote")
def late_ballot(request: Request, poll: Poll) -> HttpResponse:
    """Answer while the recording plays: counted apart."""
    late.answer(poll.pk, request.user, sent_of(dict(request.POST.lists())))
    if not request.htmx:
        return redirect(poll.session)
    return render(request, "polls/_late.html", {"data": listing.card(poll_of(poll.pk), request.user), "thanks": True})


@guard.page()
def card(request: Request, poll: Poll) -> HttpResponse:
    """The poll as this person sees it now: what a reader missed while the connection was lost."""
    if poll.state not in PUBLIC:
        raise Http404
    return render(request, "polls/events/poll.html", {"data": listing.card(poll, request.user)})


@guard.write("polls.vote")
def nickname(request: Request, session: Session) -> HttpResponse:
    """Take a nickname for the leaderboard."""
    form = checked(NicknameForm(request.POST))
    made = name_oneself(session, request.user, form.cleaned_data["name"])
    if not request.htmx:
        return redirect(session)
    return render(request, "polls/_nickname.html", {"session": session, "nickname": made.name, "saved": True})


@guard.page(find=option_of)
def picture(request: Request, option: Option) -> HttpResponse:
    """An option's image, for those who see its poll."""
    visible = option.poll.state in PUBLIC or can(request.user, "polls.present", option.session)
    if option.picture is None or not visible:
        raise Http404
    response = HttpResponse(bytes(option.picture.data), content_type="image/webp")
    patch_cache_control(response, private=True, max_age=3600)
    return response
