"""What the chat keeps of a person."""

from typing import Any

from django.utils.translation import gettext as _

from chat.models import Message
from live.log import rewrite
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """Their messages; also those that were removed."""
    rows = Message.objects.filter(participant=participant).order_by("sent_at")
    return {"messages": list(rows.values("session_id", "sent_at", "text", "removed_at"))}


def named_in(session_id: int, participant_id: int) -> bool:
    """Whether everybody in the session reads the participant's name beside a message."""
    return Message.objects.filter(session=session_id, participant=participant_id).exists()


def forget(participant: Participant) -> None:
    """The messages stand; the name beside them leaves the log."""
    anonymous = _("Deleted participant")

    def without(data: dict[str, Any]) -> dict[str, Any]:
        own = data.get("participant") == participant.pk  # by the id: they may have had another name then
        return data | {"name": anonymous, "place": ""} if own else data

    for session_id in Message.objects.filter(participant=participant).values_list("session_id", flat=True).distinct():
        rewrite(f"session:{session_id}", without)
