"""In which languages rooms of sessions and editions are shown now, by all processes, and what is asked for there."""

import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from common import clock
from live import hub
from translation.models import Desk, Wanted

ROOMS = ("session:", "edition:")
EVERY = 5.0  # seconds between two looks of a process
FRESH = timedelta(seconds=60)  # after which nobody is known to be there
ASKED = timedelta(
    minutes=5
)  # after which nobody asks any more; browsers ask again before (static/captions/captions.js)
_looked_at = 0.0


def look() -> None:
    """Note the languages of those who follow sessions and editions by this process. At most every EVERY seconds."""
    global _looked_at
    running = hub.existing()
    if running is None or time.monotonic() - _looked_at < EVERY:
        return
    _looked_at = time.monotonic()
    note({key: languages for key, languages in running.languages().items() if key.startswith(ROOMS)})


def note(rooms: Mapping[str, Iterable[str]], kind: str = "") -> None:
    """Note in which languages rooms are shown, or a kind is asked for. One that comes anew gets what stands there."""
    known = {code for code, _name in settings.LANGUAGES}
    now = clock.now()
    rows = [
        Wanted(key=key, kind=kind, language=language, seen_at=now)
        for key, languages in rooms.items()
        for language in sorted(set(languages) & known)
    ]
    if not rows:
        return
    stale = Wanted.objects.filter(key__in=rooms, kind=kind).exclude(fresh())
    stale.update(filled=False)
    Wanted.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key", "kind", "language"], update_fields=["seen_at"]
    )
    Desk.objects.bulk_create([Desk(key=key) for key in rooms], ignore_conflicts=True)


def fresh() -> Any:
    """The condition of a wish that holds now."""
    now = clock.now()
    return Q(kind="", seen_at__gt=now - FRESH) | Q(~Q(kind=""), seen_at__gt=now - ASKED)


def wanted(key: str) -> dict[str, dict[str, bool]]:
    """Kind ("": all that is not translated on request only) -> language -> whether what stood there is translated."""
    found: dict[str, dict[str, bool]] = {}
    for kind, language, filled in Wanted.objects.filter(fresh(), key=key).values_list("kind", "language", "filled"):
        found.setdefault(kind, {})[language] = filled
    return found
