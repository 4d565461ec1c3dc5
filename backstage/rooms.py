"""Who may follow the channel of a stage: the room "backstage:<stage id>"."""

from django.contrib.auth.models import AnonymousUser

from live.viewer import Viewer
from people.models import Participant
from people.permissions import can
from sessions.models import Stage
from sessions.rooms import room_id
from show.models import StageShow


def viewer(user: Participant | AnonymousUser, key: str) -> Viewer | None:
    """The eyes of the stage's staff; None for everybody else."""
    stage = Stage.objects.select_related("edition").filter(pk=room_id(key) or 0).first()
    if stage is None or not can(user, "backstage.stage", StageShow(stage=stage)):
        return None
    return Viewer("staff", user.pk)
