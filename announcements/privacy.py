"""What announcements keep of a person."""

from typing import Any

from announcements.models import Confirmation
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """Which they have confirmed."""
    return {"confirmed": list(Confirmation.objects.filter(participant=participant).values("announcement_id", "at"))}


def forget(participant: Participant) -> None:
    """Nothing stays."""
    Confirmation.objects.filter(participant=participant).delete()
