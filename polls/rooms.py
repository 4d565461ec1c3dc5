"""Who may follow "round:<id>": those who have voted in it. Whether results come depends on the poll (polls/data.py)."""

from django.contrib.auth.models import AnonymousUser

from live.viewer import Viewer
from people.models import Participant
from people.permissions import can
from polls.data import has_voted
from polls.models import Round
from sessions.rooms import room_id, viewer_for


def viewer(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """What `user` may see of the room; None when there is no such room for them."""
    pk = room_id(key)
    the_round = Round.objects.filter(pk=pk).select_related("poll__session").first() if pk else None
    if the_round is None or not can(user, "polls.view", the_round.poll.session):
        return None
    # Not whether the poll goes on: a room that ends under those who follow it would cost them their socket.
    if not has_voted(the_round, user.pk):
        return None
    return viewer_for(user, the_round.poll.session, passing=True)
