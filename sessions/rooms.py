"""Who may follow which room: the live socket asks here."""

from django.contrib.auth.models import AnonymousUser

from live.viewer import Viewer, once_per_look
from people.models import Participant
from people.permissions import SPEAKER, STAFF, can, roles
from sessions.models import Edition, Session


def viewer(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """What `user` may see of room "edition:<id>" or "session:<id>"; None when there is no such room for them."""
    thing = followed(key)
    if thing is None or not can(user, "session.follow", thing):
        return None
    parent = f"edition:{thing.edition_id}" if isinstance(thing, Session) else ""
    return Viewer(role_for(user, thing), user.pk, parent)


def room_id(key: str) -> int | None:
    """The id in a room's key "<kind>:<id>"; None when it is none, or not written as we write it."""
    pk = key.partition(":")[2]
    if len(pk) > 18 or not (pk.isascii() and pk.isdecimal()) or pk != str(int(pk)):  # one key for each room
        return None
    return int(pk)


@once_per_look
def followed(key: str) -> Session | Edition | None:
    """What a room is of."""
    kind, pk = key.partition(":")[0], room_id(key)
    if pk is None:
        return None
    if kind == "session":
        return Session.objects.filter(pk=pk).only("edition", "stage", "strand").first()
    return Edition.objects.filter(pk=pk).first() if kind == "edition" else None


def role_for(user: Participant | AnonymousUser, thing: Session | Edition) -> str:
    """The role under which events are rendered: staff, speaker or attendee."""
    held = roles(user, thing)
    if held & STAFF:
        return "staff"
    return "speaker" if SPEAKER in held else "attendee"
