"""Sources of what is on air are checked again and again, and what was seen stands in the control room."""

from collections import Counter
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from common import clock
from common.contract import Fact
from sessions import sources
from sessions.models import ON_AIR, Session
from streams import health
from streams.models import Source

EVERY = 30  # seconds
# Sources of one look, and of it at the same time: each takes 16 seconds at most, a job's time ends after two minutes.
AT_ONCE, TOGETHER = 48, 8
FRESH = timedelta(minutes=5)  # after which what was seen says nothing any more


def look(_data: dict[str, Any]) -> None:
    """The job: check the sources of sessions on air that have not been checked for longest."""
    on_air = Session.objects.filter(status__in=ON_AIR)
    held = Source.objects.filter(Q(session__in=on_air) | Q(stage__in=on_air.values("stage")))
    due = held.filter(Q(checked_at=None) | Q(checked_at__lt=clock.now() - timedelta(seconds=EVERY * 0.8)))
    fetched = [source for source in due.order_by(F("checked_at").asc(nulls_first=True), "pk") if _is_fetched(source)]
    some, now = fetched[:AT_ONCE], clock.now()
    with ThreadPoolExecutor(TOGETHER) as threads:
        for source, found in zip(some, threads.map(lambda each: health.seen(each, now), some), strict=True):
            health.keep(source, found)


def _is_fetched(source: Source) -> bool:
    plays = source.plays
    return bool(plays and plays.kind == sources.HLS and not plays.src.startswith("/"))


def health_of(session_ids: Collection[int]) -> dict[int, int]:
    """Session id -> how many of its sources are in trouble; else minus the seconds by which its stream's newest segment
    was old when it was checked."""
    rows = _checked(session_ids)
    found = Counter(pk for pk, _checked_at, _newest_at, problem in rows if problem)
    for pk, checked_at, newest_at, _problem in rows:
        if newest_at and pk not in found:
            found[pk] = -max(1, round((checked_at - newest_at).total_seconds()))
    return found


def _checked(session_ids: Collection[int]) -> list[tuple[Any, ...]]:
    """(session id, checked at, newest segment, problem) of sources that were checked lately: of each session on air
    its own first, then its stage's, each by priority."""
    on_air = {"in": session_ids, "status__in": ON_AIR}
    own, its_stage = (
        Q(**{f"{path}__{name}": value for name, value in on_air.items()}) for path in ("session", "stage__sessions")
    )
    fresh = Source.objects.filter(own | its_stage, checked_at__gt=clock.now() - FRESH)
    ordered = fresh.order_by(F("session").asc(nulls_last=True), "priority", "pk")
    of = Coalesce("session", "stage__sessions")
    return list(ordered.annotate(of=of).values_list("of", "checked_at", "newest_at", "problem"))


def _words(number: int) -> str:
    if number < 0:
        return gettext("stream %(number)s s old") % {"number": -number}
    return ngettext("%(number)s stream in trouble", "%(number)s streams in trouble", number) % {"number": number}


FACTS = [Fact(health_of, _words, "radio", "streams:sources", alarming=True, red=True)]
