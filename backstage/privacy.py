"""What the channel behind the stage keeps of a person."""

from typing import Any

from backstage.models import Remark, room_key
from live.log import hide
from people.models import Participant
from show.models import StageShow


def export(participant: Participant) -> dict[str, Any]:
    """What they have said."""
    rows = Remark.objects.filter(participant=participant).order_by("sent_at")
    return {"lines": list(rows.values("session_id", "stage_id", "sent_at", "text"))}


def forget(participant: Participant) -> None:
    """The lines stand without a name; what was rendered with it is forgotten."""
    for line in Remark.objects.filter(participant=participant).select_related("session", "stage", "edition"):
        hide(room_key(line.session or (StageShow(stage=line.stage) if line.stage else line.edition)))
