"""Whether a source is alive: what its playlist says of the newest segment."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
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


class Seen(NamedTuple):
    """What a look at a source saw: what is wrong ("": nothing), when its newest segment ended, and how it ends."""

    problem: str = ""
    newest: datetime | None = None
    tail: str = ""


def problem(text: str, now: datetime, since: datetime | None = None) -> str:
    """What is wrong with a media playlist at a moment; "" when nothing is, or when it does not say.

    `since`: from when on it has ended as it does now, for those that give no dates.
    """
    if not text.lstrip().startswith("#EXTM3U"):
        return gettext_noop("This is no HLS playlist.")
    if "#EXT-X-ENDLIST" in text:
        return ""
    newest, target = newest_of(text) or since, TARGET.search(text)
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


def tail_of(text: str) -> str:
    """How a media playlist ends: another segment at its end is another tail."""
    lines = [line for line in text.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith("#EXT-X-MEDIA-SEQUENCE")] + lines[-1:]
    return hashlib.blake2b("\n".join(told).encode(), digest_size=20).hexdigest()


def seen(source: Source, now: datetime) -> Seen:
    """Fetch a source's playlist. Other kinds are not fetched. Asks the database nothing."""
    plays = source.plays
    if not plays or plays.kind != sources.HLS or plays.src.startswith("/"):
        return Seen()
    try:
        text = _text(plays.src)
        if inner := variant(text, plays.src):
            text = _text(inner)
    except Unreachable as unreachable:
        return Seen(str(unreachable))
    except ValueError:  # what it leads to is no address
        return Seen(gettext_noop("This is no HLS playlist."))
    tail = tail_of(text)
    return Seen(problem(text, now, source.tail_at if tail == source.tail else None), newest_of(text), tail)


def keep(source: Source, found: Seen) -> None:
    """Keep what a look saw."""
    now = clock.now()
    kept = {"checked_at": now, "problem": found.problem, "newest_at": found.newest}
    if found.tail != source.tail:
        kept |= {"tail": found.tail, "tail_at": now}
    Source.objects.filter(pk=source.pk).update(**kept)


def check(source: Source) -> str:
    """Look at a source, and keep what is wrong with it: "" when nothing is."""
    found = seen(source, clock.now())
    keep(source, found)
    return found.problem


def _text(address: str) -> str:
    return fetch(address, LARGEST).decode("utf-8", "replace")
