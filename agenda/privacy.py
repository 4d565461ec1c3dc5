"""What the agenda keeps of a person."""

from typing import Any

from agenda.models import FollowedTheme, Saved
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """The sessions they saved, and the themes they follow."""
    themes = FollowedTheme.objects.filter(participant=participant)
    return {
        "agenda": list(Saved.objects.filter(participant=participant).values("session_id", "at")),
        "themes": list(themes.values_list("theme_id", flat=True)),
    }


def forget(participant: Participant) -> None:
    """All of it."""
    Saved.objects.filter(participant=participant).delete()
    FollowedTheme.objects.filter(participant=participant).delete()
