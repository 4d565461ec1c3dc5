"""Who may follow the room of a stand, and of a private talk."""

import uuid

from django.contrib.auth.models import AnonymousUser

from expo.events import TEAM
from expo.models import Exhibitor, Talk
from expo.team import is_member
from live.viewer import Viewer, once_per_look
from people.models import Participant
from people.permissions import can
from sessions.models import Edition
from sessions.rooms import room_id


@once_per_look
def _exhibitor(key: str) -> Exhibitor | None:
    pk = room_id(key)
    return Exhibitor.objects.select_related("edition").filter(pk=pk).first() if pk else None


def exhibition(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes on "expo:<edition id>", where nothing is told but what is one's own."""
    edition = Edition.objects.filter(pk=room_id(key) or 0).first()
    return Viewer("visitor", user.pk) if edition and can(user, "expo.view", edition) else None


def stand(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes on "stand:<exhibitor id>": its team hears the rings, moderators may remove lines."""
    exhibitor = _exhibitor(key)
    if exhibitor is None or not can(user, "expo.view", exhibitor):
        return None
    member = is_member(user, exhibitor)
    if not exhibitor.is_public and not member:
        return None
    return Viewer(role_at(user, exhibitor, member), user.pk, audiences=frozenset({TEAM} if member else ()))


def role_at(user: Participant | AnonymousUser, exhibitor: Exhibitor, member: bool) -> str:
    """ "team" for those who may take lines out of the chat, else "visitor"."""
    return "team" if member or can(user, "expo.moderate", exhibitor) else "visitor"


def talk(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes on "talk:<id>": the visitor's, and of who has taken it; nobody else's."""
    try:
        pk = uuid.UUID(key.partition(":")[2])
    except ValueError:
        return None
    found = Talk.objects.filter(pk=pk).select_related("exhibitor__edition").first()
    if found is None or key != found.room_key or not is_in(user, found) or not can(user, "expo.view", found):
        return None
    return Viewer("visitor" if found.visitor_id == user.pk else "team", user.pk)


def is_in(user: Participant | AnonymousUser, found: Talk) -> bool:
    """Whether somebody is one of the two people of a talk."""
    return user.is_authenticated and user.pk in (found.visitor_id, found.taken_by_id)
