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


@once_per_look
def followed(key: str) -> Session | Edition | None:
    """What a room is of."""
    kind, _, pk = key.partition(":")
    if len(pk) > 18 or not (pk.isascii() and pk.isdecimal()) or pk != str(int(pk)):  # one key for each room
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
