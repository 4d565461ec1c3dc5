"""How the polls' views ask for permission."""

from django.shortcuts import get_object_or_404

from common.prepared import Prepared
from polls.models import Option, Poll
from sessions.guard import Guard

_POLL = Prepared(lambda pk: Poll.objects.select_related("session__edition", "session__stage__host_city").filter(pk=pk))


def poll_of(pk: int) -> Poll:
    """The poll with its session, or 404."""
    return _POLL.get_or_404(pk)


def option_of(pk: int) -> Option:
    """The option with its poll, session and picture, or 404."""
    return get_object_or_404(Option.objects.select_related("poll__session__edition", "picture"), pk=pk)


guard = Guard("polls.view", poll_of)
