"""What open pages are told of a release. Entries of the log hold ids: they show what holds now, and to everybody only
what everybody may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from people.permissions import is_open
from planning.models import Change, Release
from sessions.models import SCOPE_AND_ACCESS, Session
from sessions.rows import rows_of
from sessions.translating import translated

MOST_ROWS = 40  # of a release that are drawn again in open lists


def released(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """ "planning.released" to the edition's room: the version, and the rows of its sessions."""
    found = Release.objects.select_related("edition").in_bulk({entry["release"] for entry in entries})
    return [_released(found[entry["release"]]) if entry["release"] in found else None for entry in entries]


def _released(made: Release) -> dict[str, Any]:
    pks = Change.objects.filter(release=made).values_list("session", flat=True)[:MOST_ROWS]
    sessions = Session.objects.filter(pk__in=list(pks)).only(*SCOPE_AND_ACCESS)
    rows = rows_of(session.pk for session in sessions if is_open(session))
    return {"slug": made.edition.slug, "version": made.version, "rows": rows}


def changed(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """ "planning.changed" to a session's room: its words as they are now."""
    sessions = Session.objects.in_bulk({entry["session"] for entry in entries})
    shown = {pk: translated(session) for pk, session in sessions.items()}
    return [shown.get(entry["session"]) for entry in entries]
