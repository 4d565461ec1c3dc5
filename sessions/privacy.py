"""Taking a person's name out of what sessions' logs would send again."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from live.models import rewrite
from people.models import Participant

# Key under which events name people -> key beside it that has their id; no id stands where no name is shown.
NAMED = {"name": "participant", "handled_by": "handled_by_id", "acknowledged_by": "acknowledged_by_id"}


def forget_name(participant: Participant, sessions: Iterable[int]) -> None:
    """Write "deleted participant" wherever the sessions' logs name the participant, and leave out their place.

    By their id: they may have had another name then, and another may have the same.
    """
    anonymous = _("Deleted participant")

    def without(told: Any) -> Any:
        if isinstance(told, list):
            return [without(one) for one in told]
        if not isinstance(told, dict):
            return told
        named = [name for name, key in NAMED.items() if told.get(name) and told.get(key) == participant.pk]
        blank = {"place": ""} if "name" in named and isinstance(told.get("place"), str) else {}
        return {key: without(value) for key, value in told.items()} | dict.fromkeys(named, anonymous) | blank

    for pk in set(sessions):
        rewrite(f"session:{pk}", without)
