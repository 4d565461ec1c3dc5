"""Reading a session for its page, which stands for the rooms as they were before it was read."""

from django.shortcuts import get_object_or_404

from common.registry import registry
from live.models import Room
from live.revocations import REVOKED
from sessions.models import Session

HEADS = "_heads_read"  # on a session: key -> head of the rooms that its page follows, asked for before the session


def for_page(pk: int) -> Session:
    """The session with all that its page shows, what apps have beside it and the heads of its rooms, or 404."""
    edition = Session.objects.filter(pk=pk).order_by().values_list("edition", flat=True).first()
    heads = Room.heads([f"session:{pk}", f"edition:{edition}", REVOKED])
    sessions = Session.objects.for_display().select_related(*registry.beside())
    session = get_object_or_404(sessions, pk=pk)
    vars(session)[HEADS] = heads
    return session
