"""Who may do what with polls, said to those who may not."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from people.permissions import can
from people.request import Request
from polls.models import Poll
from sessions.guard import Guard, session_of
from sessions.models import Session

WHO = {
    "polls.vote": _("Only participants of this edition answer its polls. Enter first; your answer is kept."),
    "polls.present": _("Only speakers and moderators of this session run its polls."),
    "polls.prepare": _("Only moderators and organisers of this session prepare its polls."),
}


def poll_of(pk: int) -> Poll:
    """The poll with its session, or 404."""
    return get_object_or_404(Poll.objects.select_related("session__edition", "session__stage__host_city"), pk=pk)


guard = Guard("polls.view", WHO, poll_of)
writes = guard.writes


def allowed(request: Request, action: str, session_pk: int) -> Session:
    """The session, if the person may do `action` in it; what one may not see does not exist."""
    session = session_of(session_pk)
    if not can(request.user, action, session):
        raise Http404
    return session
