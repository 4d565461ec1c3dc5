"""What pages and events show of captions: plain data."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from captions.models import Caption, Track
from common.languages import short
from common.registry import registry
from live.audiences import EVERYONE

SHOWN = 150  # newest lines of a track on the page; the file has all
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


def tracks_of(session: Any, machine: bool = False) -> list[dict[str, Any]]:
    """The tracks of a session with their newest lines, oldest first; with `machine` also the page's language by one."""
    tracks = list(Track.objects.filter(session=session))
    found: list[dict[str, Any]] = [
        {"id": track.pk, "name": track.name, "language": track.language, "lines": newest_lines(track)}
        for track in tracks
    ]
    made = machined(session, found) if machine else None
    return [*found, made] if made else found


def newest_lines(track: Track) -> list[dict[str, Any]]:
    """The newest lines of a track, oldest first."""
    lines = list(track.lines.order_by("-at", "-pk")[:SHOWN])
    for line in lines:
        line.track = track
    return [line_data(line) for line in reversed(lines)]


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
    return {"id": MACHINE, "name": name, "language": language, "lines": lines, "machine": True}
