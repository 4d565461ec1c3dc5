"""Reading and writing a session's chat."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chat import events
from chat.models import Message
from chat.sending import NotSent, composed
from people.limits import retry_after
from people.permissions import can
from people.refusal import Refused, refuse
from people.request import Request
from sessions.guard import see
from sessions.models import Session
from sessions.rooms import role_for


@require_http_methods(["GET", "POST"])
def messages(request: Request, session_pk: int) -> HttpResponse:
    """GET: messages before ?before=seq. POST: send one."""
    session = get_object_or_404(Session.objects.select_related("edition"), pk=session_pk)
    see(request, "chat.view", session)
    return _send(request, session) if request.method == "POST" else _page(request, session)


def _page(request: Request, session: Session) -> HttpResponse:
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


def _send(request: Request, session: Session) -> HttpResponse:
    try:
        event = composed(request.user, session, request.POST).store()
    except NotSent as no:
        return refuse(request, str(no), no.status)
    except Refused as refusal:
        return refuse(request, str(refusal), 409)
    if not request.htmx:
        return redirect(session)
    context = {"data": event.data, "event": event, "role": role_for(request.user, session)}
    return render(request, "chat/events/message.html", context)


@require_POST
def remove(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Staff takes a message out of the chat."""
    message = get_object_or_404(Message.objects.select_related("session__edition"), pk=pk)
    see(request, "chat.view", message.session)
    if not can(request.user, "chat.remove", message.session):
        return refuse(request, _("Only moderators and organisers of this session remove messages."), 403)
    if wait := retry_after("chat.remove", request.user.pk):
        return refuse(request, _("Too many at once. Wait %(seconds)s seconds.") % {"seconds": wait}, 429)
    message.remove(request.user)
    if not request.htmx:
        return redirect(message.session)
    return HttpResponse(status=204)
