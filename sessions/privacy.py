"""What the programme keeps of a person, and taking a name out of what sessions' logs would send again."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from live.log import rewrite
from people.models import Participant
from sessions.models import StatusChange

# Key under which events name people -> key beside it that has their id; no id stands where no name is shown.
NAMED = {"name": "participant", "handled_by": "handled_by_id", "acknowledged_by": "acknowledged_by_id"}


def export(participant: Participant) -> dict[str, Any]:
    """The steps that they took of sessions, with what they wrote as the reason."""
    rows = StatusChange.objects.filter(by=participant)
    return {"steps": list(rows.values("session_id", "at", "action", reason=F("after__status_reason")))}


def forget(participant: Participant) -> None:
    """Nothing to do: steps stay, and the account that took them is emptied elsewhere."""


def forget_name(participant: Participant, sessions: Iterable[int]) -> None:
    """Write "deleted participant" wherever the sessions' logs name the participant, and leave out their place.

    By their id: they may have had another name then, and another may have the same.
    """
    anonymous = _("Deleted participant")

    def without(data: Any) -> Any:
        if isinstance(data, list):
            return [without(item) for item in data]
        if not isinstance(data, dict):
            return data
        named = [name for name, key in NAMED.items() if data.get(name) and data.get(key) == participant.pk]
        blank = {"place": ""} if "name" in named and isinstance(data.get("place"), str) else {}
        return {key: without(value) for key, value in data.items()} | dict.fromkeys(named, anonymous) | blank

    for pk in set(sessions):
        rewrite(f"session:{pk}", without)
