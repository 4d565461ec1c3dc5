"""What planning keeps of a person."""

from typing import Any

from people.models import Participant
from planning.models import Draft, PersonalCalendar, Release
from sessions.models import Told


def export(participant: Participant) -> dict[str, Any]:
    """What they released and drafted, how often they changed their calendar's address, and what stands in it."""
    told = Told.objects.filter(feed=f"participant:{participant.pk}")
    return {
        "releases": list(Release.objects.filter(by=participant).values("edition_id", "version", "at", "comment")),
        "drafts": list(Draft.objects.filter(changed_by=participant).values("edition_id", "session_id", "changed_at")),
        "calendar": PersonalCalendar.number_of(participant),
        "in_calendar": list(told.values("session_id", "changed_at")),
    }


def forget(participant: Participant) -> None:
    """Their calendar ends. Releases stay, and the account that made them is emptied elsewhere."""
    PersonalCalendar.objects.filter(participant=participant).delete()
    Told.objects.filter(feed=f"participant:{participant.pk}").delete()
