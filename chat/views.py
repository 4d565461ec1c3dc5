"""Reading and writing a session's chat."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from chat.models import Message
from chat.panel import messages_page
from chat.writes import MESSAGE
from common.numbers import number_in
from people.request import Request
from sessions.guard import Guard, by_method
from sessions.models import Session
from sessions.rooms import role_for


def _message_of(pk: uuid.UUID) -> Message:
    return get_object_or_404(Message.objects.select_related("session__edition"), pk=pk)


guard = Guard("chat.view", _message_of)


@guard.page()
def _page(request: Request, session: Session) -> HttpResponse:
    """The messages before ?before=seq."""
    before = number_in(request.GET.get("before", ""))
    return render(request, "chat/_page.html", messages_page(session, request.user, before))


def _send(request: Request, session_pk: int) -> HttpResponse:
    """Send a message."""
    attempt = MESSAGE.by_http(request, request.POST.dict() | {"session": session_pk})
    if not request.htmx:
        return redirect(attempt.thing)
    context = {"data": attempt.outcome.data, "event": attempt.outcome, "role": role_for(request.user, attempt.thing)}
    return render(request, "chat/events/message.html", context)


messages = by_method(_page, _send)


@guard.write("chat.remove")
def remove(request: Request, message: Message) -> HttpResponse:
    """Staff takes a message out of the chat."""
    message.remove(request.user)
    return _done(request, message)


@guard.write("chat.remove")
def restore(request: Request, message: Message) -> HttpResponse:
    """Staff takes back that a message was removed."""
    message.restore(request.user)
    return _done(request, message)


def _done(request: Request, message: Message) -> HttpResponse:
    if not request.htmx:
        return redirect(message.session)
    return HttpResponse(status=204)
