"""Reading and writing a session's chat."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from chat import events
from chat.models import Message
from chat.writes import MESSAGE
from people.request import Request
from sessions.guard import Guard, see
from sessions.models import Session
from sessions.rooms import role_for


def _message_of(pk: uuid.UUID) -> Message:
    return get_object_or_404(Message.objects.select_related("session__edition"), pk=pk)


WHO = {"chat.remove": _("Only moderators and organisers of this session remove messages.")}
guard = Guard("chat.view", WHO, _message_of)


@require_http_methods(["GET", "POST"])
def messages(request: Request, session_pk: int) -> HttpResponse:
    """GET: messages before ?before=seq. POST: send one."""
    return _send(request, session_pk) if request.method == "POST" else _page(request, session_pk)


def _page(request: Request, session_pk: int) -> HttpResponse:
    session = get_object_or_404(Session.objects.select_related("edition"), pk=session_pk)
    see(request, "chat.view", session)
    before = request.GET.get("before", "")
    found = Message.page(session, int(before) if before.isdecimal() and len(before) < 19 else None)
    context = {
        "messages": [events.data(message) for message in found],
        "first_seq": found[0].seq if found else 0,
        "more": len(found) == 50,
        "session": session,
        "role": role_for(request.user, session),
    }
    return render(request, "chat/_page.html", context)


def _send(request: Request, session_pk: int) -> HttpResponse:
    sent = MESSAGE.by_http(request, request.POST.dict() | {"session": session_pk})
    if not request.htmx:
        return redirect(sent.thing)
    context = {"data": sent.outcome.data, "event": sent.outcome, "role": role_for(request.user, sent.thing)}
    return render(request, "chat/events/message.html", context)


@require_POST
@guard.writes("chat.remove")
def remove(request: Request, message: Message) -> HttpResponse:
    """Staff takes a message out of the chat."""
    message.remove(request.user)
    if not request.htmx:
        return redirect(message.session)
    return HttpResponse(status=204)
