"""What the programme keeps of a person."""

from typing import Any

from django.db.models import F

from people.models import Participant
from sessions.models import StatusChange


def export(participant: Participant) -> dict[str, Any]:
    """The steps that they took of sessions, with what they wrote as the reason."""
    rows = StatusChange.objects.filter(by=participant)
    return {"steps": list(rows.values("session_id", "at", "action", reason=F("after__status_reason")))}


def forget(participant: Participant) -> None:
    """Nothing to do: steps stay, and the account that took them is emptied elsewhere."""
