"""Reading and writing a session's chat."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chat import holding
from chat.data import messages_data
from chat.forms import EditForm, ReasonForm
from chat.models import PAGE, Message
from chat.models.own import EMOJI
from chat.moderating import report as report_message
from chat.panel import around, found, messages_page
from chat.views.guard import guard
from chat.writes import MESSAGE, REACTION, READ
from common.numbers import number_in
from live.log import look_up
from people.permissions import can
from people.refusal import Refused
from people.request import Request
from sessions.guard import by_method, checked
from sessions.models import Session
from sessions.rooms import role_for


@guard.page()
def _page(request: Request, session: Session) -> HttpResponse:
    """The messages before ?before=seq, those around ?around=seq, the next ones ?after=seq, else the newest."""
    before, near, after = (number_in(request.GET.get(name, "")) for name in ("before", "around", "after"))
    if near is not None:
        before = around(session, near)
    elif after is not None:
        before = around(session, after, PAGE)
    return render(request, "chat/_page.html", messages_page(session, request.user, before))


def _send(request: Request, session_pk: int) -> HttpResponse:
    """Send a message."""
    attempt = MESSAGE.by_http(request, request.POST.dict() | {"session": session_pk})
    if not request.htmx:
        return redirect(attempt.thing)
    event, message = attempt.value, attempt.item
    if event.seq == message.seq:  # it is new, and nobody has done anything to it
        [event.shown] = messages_data([message], are_new=True)
    else:
        look_up([event])
    context = {"data": event.shown, "event": event, "role": role_for(request.user, attempt.thing)}
    if event.shown is None:
        return HttpResponse(status=204)
    return render(request, event.template, context)


messages = by_method(_page, _send)


@guard.page()
def search(request: Request, session: Session) -> HttpResponse:
    """The newest messages with all words of ?q=."""
    query = request.GET.get("q", "")
    context = {"session": session, "query": query, "messages": found(session, query)}
    return render(request, "chat/_search.html", context)


@require_POST
def react(request: Request, pk: uuid.UUID) -> HttpResponse:
    """React to a message with an emoji (on=1), or take that back (on=0)."""
    emoji = request.POST.get("emoji", EMOJI[0])
    attempt = REACTION.by_http(request, {"message": str(pk), "emoji": emoji, "on": request.POST.get("on") != "0"})
    return HttpResponse(status=204) if request.htmx else redirect(attempt.thing.session)


@require_POST
def read(request: Request, session_pk: int) -> HttpResponse:
    """Say how far one has read."""
    seq = number_in(request.POST.get("seq", ""))
    attempt = READ.by_http(request, {"session": session_pk, "seq": seq})
    return HttpResponse(status=204) if request.htmx else redirect(attempt.thing)


def _own(request: Request, message: Message) -> Message:
    """One's own message; others' are not there to be changed."""
    if message.participant_id != request.user.pk:
        raise Http404
    return message


@guard.write("chat.edit")
def edit(request: Request, message: Message) -> HttpResponse:
    """The author gives a message other words: the rules for new ones hold, also the one about links."""
    message = _own(request, message)
    message.session = holding.with_rules([message.session_id])[message.session_id]
    holding.ask_muted(request.user, message.session)
    sent: dict[str, Any] = checked(EditForm(request.POST)).cleaned_data
    staff = can(request.user, "chat.remove", message.session)
    if not message.held and holding.why_held(request.user.pk, message.session, sent["text"], staff):
        raise Refused(_("A moderator reads such words first: send them as a new message."))
    message.edit(sent["text"], sent["version"])
    return done(request, message)


@guard.write("chat.edit")
def withdraw(request: Request, message: Message) -> HttpResponse:
    """The author deletes a message."""
    _own(request, message).remove(request.user)
    return done(request, message)


@guard.write("chat.report")
def report(request: Request, message: Message) -> HttpResponse:
    """Somebody tells the moderators of a message."""
    report_message(message, request.user, checked(ReasonForm(request.POST)).cleaned_data["reason"])
    return done(request, message)


def done(request: Request, message: Message) -> HttpResponse:
    """What was done is shown by what is pushed; without scripts by the page."""
    return HttpResponse(status=204) if request.htmx else redirect(message.session)
