"""Whether a source is alive: what its playlist says of the newest segment."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from django.utils.translation import gettext_noop

from common import clock
from common.fetching import Unreachable, fetch
from sessions import sources
from streams.models import Source

DATE = re.compile(r"^#EXT-X-PROGRAM-DATE-TIME:(.+)$", re.MULTILINE)
TARGET = re.compile(r"^#EXT-X-TARGETDURATION:(\d{1,4})", re.MULTILINE)
LENGTH = re.compile(r"^#EXTINF:([\d.]{1,12})", re.MULTILINE)
LARGEST = 256_000  # bytes of a playlist
OLD = 3  # target durations after which a playlist counts as standing still


def variant(text: str, url: str) -> str | None:
    """The address of the first variant of a multivariant playlist; None for a media playlist."""
    lines = text.splitlines()
    for number, line in enumerate(lines[:-1]):
        if line.startswith("#EXT-X-STREAM-INF"):
            return urljoin(url, lines[number + 1].strip())
    return None


def problem(text: str, now: datetime) -> str:
    """What is wrong with a media playlist at a moment; "" when nothing is, or when it does not say."""
    if not text.lstrip().startswith("#EXTM3U"):
        return gettext_noop("This is no HLS playlist.")
    if "#EXT-X-ENDLIST" in text:
        return ""
    newest, target = newest_of(text), TARGET.search(text)
    if newest and target and now - newest > OLD * timedelta(seconds=max(1, int(target[1]))):
        return gettext_noop("The stream stands still.")
    return ""


def newest_of(text: str) -> datetime | None:
    """When the newest segment of a media playlist ends; None when the playlist does not say it in a way we read."""
    dates = DATE.findall(text)
    try:
        began = datetime.fromisoformat(dates[-1].strip())
        after = text[text.rindex(dates[-1]) :]
        ends = began + timedelta(seconds=sum(float(length) for length in LENGTH.findall(after)))
        return ends.astimezone(UTC) if ends.tzinfo else ends.replace(tzinfo=UTC)
    except (IndexError, ValueError, OverflowError):  # another server wrote it
        return None


def check(source: Source) -> str:
    """Fetch a source's playlist, and keep what is wrong with it: "" when nothing is. Other kinds are not fetched."""
    plays = source.plays
    found, newest = "", None
    if plays and plays.kind == sources.HLS and not plays.src.startswith("/"):
        try:
            text = _text(plays.src)
            if inner := variant(text, plays.src):
                text = _text(inner)
            found, newest = problem(text, clock.now()), newest_of(text)
        except Unreachable as unreachable:
            found = str(unreachable)
    Source.objects.filter(pk=source.pk).update(checked_at=clock.now(), problem=found, newest_at=newest)
    return found


def _text(address: str) -> str:
    return fetch(address, LARGEST).decode("utf-8", "replace")
