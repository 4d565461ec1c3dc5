"""Who may follow which room: the live socket asks here."""

from django.contrib.auth.models import AnonymousUser

from common.numbers import number_in
from common.prepared import Prepared
from live.viewer import Viewer, once_per_look
from people.models import Participant
from people.permissions import SPEAKER, STAFF, TAKING_PART, can, is_open, roles
from sessions import audiences
from sessions.models import SCOPE_AND_ACCESS, Edition, Session

UNTOLD = "untold"  # a room that nobody follows: who follows is counted, and pushed to nobody

_SESSION = Prepared(lambda pk: Session.objects.filter(pk=pk).only(*SCOPE_AND_ACCESS))
_EDITION = Prepared(lambda pk: Edition.objects.filter(pk=pk))


def viewer(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """What `user` may see of room "edition:<id>" or "session:<id>"; None when there is no such room for them."""
    thing = followed(key)
    if thing is None or not can(user, "session.follow", thing):
        return None
    if isinstance(thing, Edition):
        return viewer_for(user, thing)
    # Followers of what is not for everybody are not counted before everybody.
    return viewer_for(user, thing, f"edition:{thing.edition_id}" if is_open(thing) else UNTOLD)


def viewer_for(
    user: Participant | AnonymousUser, thing: Session | Edition, parent: str = "", passing: bool = False
) -> Viewer:
    """The viewer that `user` is in a room that belongs to a session or an edition, who may follow it."""
    role = role_for(user, thing)
    return Viewer(role, user.pk, parent, passing, audiences.AUDIENCES[role])


def room_id(key: str) -> int | None:
    """The id in a room's key "<kind>:<id>"; None when it is none, or not written as we write it."""
    written = key.partition(":")[2]
    pk = number_in(written)
    return pk if str(pk) == written else None  # one key for each room


@once_per_look
def followed(key: str) -> Session | Edition | None:
    """The session or edition that a room belongs to; None when there is no such."""
    kind, pk = key.partition(":")[0], room_id(key)
    if pk is None:
        return None
    if kind == "session":
        return _SESSION.first(pk)
    return _EDITION.first(pk) if kind == "edition" else None


def role_for(user: Participant | AnonymousUser, thing: Session | Edition) -> str:
    """The role under which events are rendered: staff, speaker, attendee; visitor for people outside the edition."""
    held = roles(user, thing)
    if held & STAFF:
        return "staff"
    if isinstance(thing, Edition):
        return "attendee" if held & TAKING_PART else "visitor"
    return "speaker" if SPEAKER in held else "attendee"


def audience_of(user: Participant | AnonymousUser, edition: Edition) -> str:
    """The audience of the edition's room that `user` belongs to, of VISITORS, REGISTERED and STAFF."""
    by_role = {"visitor": audiences.VISITORS, "staff": audiences.STAFF}
    return by_role.get(role_for(user, edition), audiences.REGISTERED)
