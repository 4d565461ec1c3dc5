"""Which feature says who may follow a room, by the first part of its key."""

from django.contrib.auth.models import AnonymousUser

from live.viewer import Viewer
from people.models import Participant
from polls import rooms as polls
from sessions import rooms as sessions

GATES = {"session": sessions.viewer, "edition": sessions.viewer, "round": polls.viewer}


def viewer(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """What `user` may see of a room; None when there is no such room for them."""
    gate = GATES.get(key.partition(":")[0])
    return gate(user, key) if gate else None
