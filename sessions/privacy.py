"""Taking a person's name out of what sessions' logs would send again."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from live.models import rewrite
from people.models import Participant

NAMED = ("name", "handled_by", "acknowledged_by")  # keys under which events name people


def forget_name(participant: Participant, sessions: Iterable[int]) -> None:
    """Write "deleted participant" wherever the sessions' logs name the participant, and leave out their place."""
    name, anonymous = participant.name, _("Deleted participant")

    def without(told: Any) -> Any:
        if isinstance(told, list):
            return [without(one) for one in told]
        if not isinstance(told, dict):
            return told
        named = any(told.get(key) == name for key in NAMED)
        return {
            key: anonymous if key in NAMED and value == name else "" if named and key == "place" else without(value)
            for key, value in told.items()
        }

    for pk in set(sessions):
        rewrite(f"session:{pk}", without)
