"""What the chat keeps of a person."""

from typing import Any

from chat.models import Message, Mute, Reaction, ReadMark, Report
from live.log import hide
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """Their messages, also those that were removed, reactions, reports, and what moderators decided about them."""
    rows = Message.objects.filter(participant=participant).order_by("sent_at")
    columns = ("session_id", "sent_at", "text", "edited_at", "removed_at", "reason")
    return {
        "messages": list(rows.values(*columns)),
        "reactions": list(Reaction.objects.filter(participant=participant).values("message_id", "emoji")),
        "reports": list(Report.objects.filter(participant=participant).values("message_id", "at", "reason")),
        "mutes": list(Mute.objects.filter(participant=participant).values("scope", "at", "until", "reason")),
        "read": list(ReadMark.objects.filter(participant=participant).values("session_id", "seq")),
    }


def named_in(session_id: int, participant_id: int) -> bool:
    """Whether everybody in the session reads the participant's name beside a message."""
    return Message.objects.filter(session=session_id, participant=participant_id).exists()


def forget(participant: Participant) -> None:
    """The messages stand without a name; what was rendered with it is forgotten, and what one did besides is gone."""
    for kept in (Reaction, ReadMark):
        kept.objects.filter(participant=participant).delete()
    Report.objects.filter(participant=participant).update(reason="")
    sessions = Message.objects.filter(participant=participant).values_list("session_id", flat=True)
    for session_id in sessions.distinct():
        hide(f"session:{session_id}")
