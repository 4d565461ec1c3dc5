"""Reading a session for its page, which stands for the rooms as they were before it was read."""

from common.prepared import Prepared
from common.registry import registry
from live.models import Room
from live.revocations import REVOKED
from sessions.models import Session

HEADS = "_heads_read"  # on a session: key -> head of the rooms that its page follows, asked for before the session
_EDITION: Prepared[int] = Prepared(
    lambda pk: Session.objects.filter(pk=pk).order_by().values_list("edition", flat=True)
)
_SESSION = Prepared(
    lambda pk: Session.objects.for_display().select_related(*registry.beside()).filter(pk=pk).order_by()
)


def for_page(pk: int) -> Session:
    """The session with all that its page shows, what apps have beside it and the heads of its rooms, or 404."""
    edition = _EDITION.first(pk)
    heads = Room.heads([f"session:{pk}", f"edition:{edition}", REVOKED])
    session = _SESSION.get_or_404(pk)
    vars(session)[HEADS] = heads
    return session
