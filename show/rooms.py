"""Who may follow "screen:<signed address>": whoever has the address, whoever they are."""

from django.contrib.auth.models import AnonymousUser

from live.viewer import Viewer
from people.models import Participant
from show import address


def viewer(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes of a screen; None when the address in the room's key opens nothing now."""
    return Viewer("screen") if address.session_of(key.partition(":")[2]) else None
