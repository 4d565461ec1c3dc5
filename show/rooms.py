"""Who may follow the rooms of screens and stages (whoever has the address) and of a control room (its staff)."""

from django.contrib.auth.models import AnonymousUser

from live.viewer import Viewer
from people.models import Participant
from people.permissions import can
from sessions.models import Edition
from sessions.rooms import room_id
from show import address


def viewer(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes of a stage screen; None when the address in the room's key opens nothing now."""
    return Viewer("screen") if address.session_of(key.partition(":")[2]) else None


def stage(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes of a stage's door sign; None when the address in the room's key opens nothing now."""
    return Viewer("screen") if address.stage_of("sign", key.partition(":")[2]) else None


def monitor(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes of a stage's monitor; None when the address in the room's key opens nothing now."""
    return Viewer("screen") if address.stage_of("monitor", key.partition(":")[2]) else None


def control(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """Who is in the control room "control:<edition id>": organisers act, the edition's moderators look on."""
    edition = Edition.objects.filter(pk=room_id(key) or 0).first()
    if edition is None or not can(user, "show.oversee", edition):
        return None
    return Viewer(role_in_control(user, edition), user.pk)


def role_in_control(user: Participant | AnonymousUser, edition: Edition) -> str:
    """ "organiser" or "moderator": what the rows of the control room have."""
    return "organiser" if can(user, "show.ripple", edition) else "moderator"
