"""In which languages each session's room is shown now, by all processes together."""

import time
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.conf import settings

from common import clock
from live import hub
from translation.models import Desk, Wanted

EVERY = 5.0  # seconds between two looks of a process
FRESH = timedelta(seconds=60)  # after which nobody is known to be there
_looked_at = 0.0


def look() -> None:
    """Note the languages of those who follow sessions by this process. At most every EVERY seconds."""
    global _looked_at
    running = hub.existing()
    if running is None or time.monotonic() - _looked_at < EVERY:
        return
    _looked_at = time.monotonic()
    note({key: languages for key, languages in running.languages().items() if key.startswith("session:")})


def note(rooms: Mapping[str, Iterable[str]]) -> None:
    """Note in which languages rooms are shown. A language that comes anew gets what stands there already."""
    known = {code for code, _name in settings.LANGUAGES}
    now = clock.now()
    rows = [
        Wanted(key=key, language=language, seen_at=now)
        for key, languages in rooms.items()
        for language in sorted(set(languages) & known)
    ]
    if not rows:
        return
    stale = Wanted.objects.filter(key__in=rooms, seen_at__lt=now - FRESH)
    stale.update(filled=False)
    Wanted.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key", "language"], update_fields=["seen_at"]
    )
    desks = [Desk(key=key, session_id=int(key.partition(":")[2])) for key in rooms]
    Desk.objects.bulk_create(desks, ignore_conflicts=True)


def wanted(key: str) -> dict[str, bool]:
    """Language -> whether what stood in the room before is translated, of those in which it is shown now."""
    rows = Wanted.objects.filter(key=key, seen_at__gt=clock.now() - FRESH)
    return dict(rows.values_list("language", "filled"))
