"""The verified mark beside the name of who speaks for an organisation.

Names stand in thousands of messages, and marks change a few times a day: every process keeps all of them for a minute.
"""

from collections.abc import Mapping
from time import monotonic

from cities.models import Membership
from common import clock

LASTS = 60.0  # seconds
_kept: dict[int, str] = {}
_read_at = float("-inf")


def marks() -> Mapping[int, str]:
    """Participant id -> the verified organisation that they speak for, as far as their profile may be seen."""
    global _kept, _read_at
    if monotonic() - _read_at >= LASTS:
        _kept, _read_at = _read(), monotonic()
    return _kept


def changed() -> None:
    """Read them again at the next name; other processes do within a minute."""
    global _read_at
    _read_at = float("-inf")


def _read() -> dict[int, str]:
    spoken = Membership.objects.approved().filter(
        organisation__level_until__gt=clock.now(), participant__visibility="full", participant__is_active=True
    )
    rows = spoken.order_by("-pk").values_list("participant", "organisation__name")
    return dict(rows.iterator())  # of several the oldest, which comes last
