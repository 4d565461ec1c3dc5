"""What pages and events show of captions: plain data."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from captions.models import Caption, Track
from common.languages import short
from common.prepared import Prepared
from common.registry import registry
from live.audiences import EVERYONE

SHOWN = 40  # newest lines of a track on the page
EARLIER = 200  # lines that come at once when somebody scrolls up; the file has all
MACHINE = "machine"  # of a page, the only track that nobody writes


def line_data(line: Caption) -> dict[str, Any]:
    """A line; `due` is the moment of the picture at which it is shown."""
    return {
        "id": line.pk,
        "track": line.track_id,
        "at": line.at.isoformat(),
        "due": round(line.at.timestamp() + line.track.offset, 2),
        "language": line.track.language,
        "text": line.text,
    }


def lines(data: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What entries of the log show now: their lines, or that one is gone."""
    found = {
        line.pk: line for line in Caption.objects.filter(pk__in=[each["line"] for each in data]).select_related("track")
    }
    return [
        line_data(found[each["line"]]) if each["line"] in found else {"id": each["line"], "track": each["track"]}
        for each in data
    ]


def partial(items: list[str]) -> dict[str, dict[str, Any]]:
    """What is being typed in these tracks, for everyone."""
    tracks = Track.objects.filter(pk__in=[int(item) for item in items])
    shown = [
        {"track": track.pk, "due": round(track.began_at.timestamp() + track.offset, 2), "text": track.pending}
        | {"language": track.language}
        for track in tracks
    ]
    return {EVERYONE: {"tracks": shown}}


def tracks_of(session: Any) -> list[dict[str, Any]]:
    """The tracks of a session with their newest lines, oldest first."""
    return [] if session.lacks("captions") else [_with_lines(track) for track in _TRACKS.ask(session.pk)]


_TRACKS: Prepared[Track] = Prepared(lambda session: Track.objects.filter(session=session))


def _with_lines(track: Track, before: Caption | None = None, most: int = SHOWN) -> dict[str, Any]:
    """A track with its newest lines before one, oldest first. "earlier": the first, if there are others before it."""
    lines = track.lines.order_by("-at", "-pk")
    if before:
        lines = lines.filter(Q(at__lt=before.at) | Q(at=before.at, pk__lt=before.pk))
    rows = list(lines[: most + 1])
    for line in rows:
        line.track = track
    shown = [line_data(line) for line in reversed(rows[:most])]
    earlier = rows[most - 1].pk if len(rows) > most else None
    return {"id": track.pk, "name": track.name, "language": track.language, "lines": shown, "earlier": earlier}


def earlier(before: Caption, machine: bool) -> dict[str, Any]:
    """What comes before a line of a track, as `tracks_of` has it; with `machine` in the page's language by one."""
    found = _with_lines(before.track, before, EARLIER)
    made = machined(before.track.session, [found]) if machine else None
    return made or found | ({"lines": [], "earlier": None} if machine else {})


def machined(session: Any, tracks: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The track in the page's language that a machine makes of the first one; None where one writes it, or none can."""
    language = get_language() or ""
    if not tracks or any(short(track["language"]) == short(language) for track in tracks):
        return None
    if not registry.translates(session.edition_id, tracks[0]["language"], language):
        return None
    made = registry.translations({line["text"] for line in tracks[0]["lines"]})
    lines = [
        {**line, "text": words, "language": language}
        for line in tracks[0]["lines"]
        if (words := (made[line["text"]] or {}).get(language))
    ]
    name = _("%(language)s (machine)") % {"language": dict(settings.LANGUAGES)[language]}
    made_of = {"earlier": tracks[0]["earlier"], "machine": True}
    return {"id": MACHINE, "name": name, "language": language, "lines": lines, **made_of}
